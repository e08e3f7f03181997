import {
  ALCD,
  catalogue,
  CPNAME,
  defineMessage,
  describe as describeCode,
  explain,
  HCACK,
  item,
  list,
  printMessage,
  S16F11,
  S2F42,
  S6F11,
  SVID,
} from '../../../src/e5/index.js';
import { A, B, F8, L, parseMessage, S, U4 } from '../../../src/secs2/index.js';

describe('printMessage', () => {
  it('writes names and meanings as comments, and reads back as the same message', () => {
    const message = S2F42.build({ hcack: HCACK.notNow, params: [{ cpname: 'PPID', cpack: 1 }] });
    const text = printMessage(message, { names: true, counts: 'never' });
    expect(text.split('\n')).toEqual([
      'S2F42 /* Host Command Acknowledge */',
      '<L',
      '  <B 0x02> /* HCACK: not now */',
      '  <L',
      '    <L',
      '      <A "PPID"> /* CPNAME */',
      '      <B 0x01> /* CPACK: unknown CPNAME */',
      '    >',
      '  >',
      '>.',
    ]);
    expect(parseMessage(text).body.equals(message.body)).toBe(true);
  });

  it('names a value of any format once, not what is in it', () => {
    const message = S6F11.build({ dataId: 1, ceid: 2, reports: [{ rptid: 3, vs: [[1, 2]] }] });
    expect(printMessage(message, { names: true }).match(/\/\* V \*\//g)).toHaveLength(1);
  });

  it('names what is there of a message that is not as defined', () => {
    const text = printMessage(S(2, 42, L(F8(1))), { names: true, counts: 'never' });
    expect(text).toBe('S2F42 /* Host Command Acknowledge */\n<L\n  <F8 1> /* HCACK: unknown command */\n>.');
    expect(printMessage(S(100, 1, A('x')), { names: true })).toBe('S100F1\n<A[1] "x">.');
  });

  it('takes names of a set, and does without', () => {
    const own = catalogue.with(
      defineMessage('S100F1', 'Lot Report', { body: { lot: item('LOT', ['A'], '*', 'a lot') } }),
    );
    expect(printMessage(S(100, 1, A('x')), { names: own })).toBe(
      'S100F1 /* Lot Report */\n<A[1] "x"> /* LOT */.',
    );
    expect(printMessage(S(2, 42, B(0)))).toBe('S2F42\n<B[1] 0x00>.');
  });

  it('tells alternatives by their form', () => {
    const base = {
      ...{ dataId: 0, prJobId: 'J', mf: 13, prProcessStart: true, prPauseEventIds: [] },
      recipe: { prRecipeMethod: 1, rcpSpec: 'R', params: [] },
    };
    const carriers = S16F11.build({ ...base, materials: [{ carrierId: 'C', slotIds: [1] }] });
    expect(printMessage(carriers, { names: true })).toMatch(/"C"> \/\* CARRIERID \*\//);
    expect(printMessage(S16F11.build({ ...base, materials: ['W'] }), { names: true })).toMatch(
      /"W"> \/\* MID \*\//,
    );
  });
});

describe('describe', () => {
  it.each([
    [HCACK, 2, 'not now'],
    [HCACK, 64, "the maker's own"],
    [HCACK, 9, 'unknown'],
    [ALCD, 130, 'set, equipment safety'],
    [ALCD, 6, 'cleared, status warning'],
    [SVID, 5, '5'],
  ])('%#', (of, code, text) => {
    expect(describeCode(of, code)).toBe(text);
  });
});

describe('explain', () => {
  it('tells a message with its structure and codes', () => {
    const text = explain('s2f42');
    expect(text).toMatch(/^S2F42 Host Command Acknowledge \(HCA\)\nequipment to host\n/);
    expect(text).toMatch(/^ {8}CPNAME {2}cpname /m);
    expect(text).toMatch(/^ {2}2 {2}notNow {10}not now$/m);
    expect(explain('S1F13')).toMatch(/either\n {4}L\[0\]\n {2}or\n {4}L\[2\]/);
  });

  it('tells a data item with its codes and messages', () => {
    expect(explain('hcack')).toMatch(/^HCACK answer to a host command\nB\n[^]*in S2F42 S2F50$/);
    expect(explain('RecID')).toMatch(/^RecID /);
  });

  it('says what it does not know, and what may have been meant', () => {
    expect(() => explain('HCACX')).toThrow(
      'HCACX is no message and no data item that is known: did you mean HCACK?',
    );
    expect(() => explain('S99F1')).toThrow('S99F1 is no message and no data item that is known');
  });

  it('tells every message and every data item', () => {
    for (const { name, title } of catalogue) expect(explain(name)).toContain(title);
  });

  it('knows messages of a set', () => {
    const own = catalogue.with(
      defineMessage('S100F1', 'Lot Report', {
        body: list({ cpname: CPNAME, n: item('WAFERS', ['U4'], 1, 'wafers') }),
      }),
    );
    expect(explain('S100F1', own)).toContain('WAFERS  n       U4: wafers');
    expect(explain('wafers', own)).toContain('in S100F1');
    expect(
      own
        .get(100, 1)
        ?.build({ cpname: 'x', n: 1 })
        .item?.equals(L(A('x'), U4(1))),
    ).toBe(true);
  });
});
