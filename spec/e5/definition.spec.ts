import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  COMMACK,
  HCACK,
  S1F13,
  S1F14,
  S1F2,
  S1F3,
  S1F4,
  S2F33,
  S2F34,
  S2F42,
  S5F5,
  S5F6,
  S6F11,
  S9F1,
  type ReadWarning,
} from '../../src/e5/index.js';
import {
  A,
  B,
  F8,
  I4,
  L,
  receivedMessage,
  S,
  U1,
  U2,
  U4,
  U8,
  type SecsMessage,
} from '../../src/secs2/index.js';

const same = (built: SecsMessage, expected: SecsMessage): void => {
  expect(String(built)).toBe(String(expected));
  expect(built.body.equals(expected.body)).toBe(true);
};

const errorOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('build', () => {
  it('writes named fields as lists, U4 where a number may be anything', () => {
    same(
      S2F33.build({ dataId: 1, reports: [{ rptid: 7, vids: [1001, 'Chamber'] }] }),
      S(2, 33).w(L(U4(1), L(L(U4(7), L(U4(1001), A('Chamber')))))),
    );
  });

  it('takes a body that is one thing alone or by its name', () => {
    same(S1F3.build([1001]), S(1, 3).w(L(U4(1001))));
    same(S1F3.build({ svids: [1001] }), S(1, 3).w(L(U4(1001))));
    same(S2F34.build(0), S(2, 34, B(0)));
    same(S5F5.build([1, 2]), S(5, 5).w(U4(1, 2)));
  });

  it('has a form for the host and one for the equipment', () => {
    same(S1F13.build(), S(1, 13).w(L()));
    same(S1F13.build({ mdln: 'M', softrev: '1' }), S(1, 13).w(L(A('M'), A('1'))));
    same(S1F14.build({ commack: COMMACK.accepted }), S(1, 14, L(B(0), L())));
    same(S1F2.build({ mdln: 'M', softrev: '1' }), S(1, 2, L(A('M'), A('1'))));
  });

  it('takes an item where the format matters, and the format that a profile wants', () => {
    same(S1F3.build([U1(5), A('x')]), S(1, 3).w(L(U1(5), A('x'))));
    const profile = { formats: { SVID: 'U2' } } as const;
    same(S1F3.build([5, 70_000, 'x'], profile), S(1, 3).w(L(U2(5), U4(70_000), A('x'))));
    same(S1F3.build([2n ** 63n, 2 ** 40]), S(1, 3).w(L(U8(2n ** 63n), U8(2 ** 40))));
  });

  it('keeps nothing of a profile that nobody has any more', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const build = (): WeakRef<object> => {
      const profile = { formats: { RPTID: 'U2' } } as const;
      S2F33.build({ dataId: 1, reports: [] }, profile);
      return new WeakRef(profile);
    };
    const kept = Array.from({ length: 20 }, build);
    // A reference that was looked at or made in a turn is held until the turn ends.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    expect(kept.filter((one) => one.deref() !== undefined)).toEqual([]);
  });

  it('writes values of any format by their kind', () => {
    same(
      S1F4.build([1, -1, 0.5, 'x', true, [1, ['y']], Uint8Array.of(7), Float64Array.of(1, 2)]),
      S(1, 4, L(U4(1), I4(-1), F8(0.5), A('x'), BOOLEAN_TRUE, L(U4(1), L(A('y'))), B(7), F8(1, 2))),
    );
  });

  it.each([
    [
      () => S2F33.build({ dataId: 1, reports: [{ rptid: 1, vids: [1, true as never] }] }),
      'reports[0].vids[1]',
    ],
    [() => S2F42.build({ hcack: 9, params: [] }), 'hcack'],
    [() => S1F13.build({ mdln: 'x'.repeat(21), softrev: '' }), 'mdln'],
    [() => S9F1.build(new Uint8Array(9)), 'mhead'],
    [() => S2F33.build({ dataId: 1 } as never), 'reports'],
    [() => S1F4.build('x' as never), 'svs'],
  ])('says which field a value does not fit: %#', (build, field) => {
    expect(errorOf(build)).toMatchObject({ code: 'E5_INVALID_VALUE', field });
  });

  it('builds codes of the user, and any code given as an item', () => {
    same(S2F42.build({ hcack: 64, params: [] }), S(2, 42, L(B(64), L())));
    same(S2F42.build({ hcack: B(9), params: [] }), S(2, 42, L(B(9), L())));
  });
});

const BOOLEAN_TRUE = receivedMessage(1, 1, false, Buffer.of(0x25, 1, 1)).item!;

describe('read', () => {
  it('gives named fields', () => {
    const report = S6F11.build({ dataId: 1, ceid: 2, reports: [{ rptid: 3, vs: [1.5, 'x', [true]] }] });
    expect(S6F11.read(report)).toEqual({
      dataId: 1,
      ceid: 2,
      reports: [{ rptid: 3, vs: [1.5, 'x', [true]] }],
    });
    expect(S6F11.read(report, { values: 'items' }).reports[0]?.vs[0]?.format).toBe('F8');
    const { mdln } = S1F13.read(S1F13.build());
    expect(mdln).toBeUndefined();
    expect(S2F42.read(S(2, 42, L(B(HCACK.notNow), L()))).hcack).toBe(HCACK.notNow);
  });

  it('lets pass what says the same, and tells of it', () => {
    const heard: string[] = [];
    const onWarning = ({ kind, text }: ReadWarning): unknown => heard.push(`${kind}: ${text}`);
    expect(S1F3.read(S(1, 3).w(U4(1, 2)), { onWarning })).toEqual({ svids: [1, 2] });
    expect(S2F34.read(S(2, 34, U1(3)), { onWarning })).toEqual({ drack: 3 });
    expect(S5F5.read(S(5, 5).w(L(U4(1), U2(2))), { onWarning })).toEqual({ alids: [1, 2] });
    expect(S1F13.read(S(1, 13).w(), { onWarning })).toEqual({});
    expect(S5F6.read(S(5, 6, L(L(B(), U4(7), L()))), { onWarning }).alarms).toEqual([
      { alcd: undefined, alid: 7, altx: '' },
    ]);
    expect(heard).toEqual([
      'array: S1F3 svids must be a list, received the array U4[2]',
      'format: S2F34 drack (DRACK) must be B, received U1[1]',
      'array: S5F5 alids must be one item of many values, received the list L[2]',
      'body: S1F13 must have a body: the empty list where there is nothing to say',
      'empty: S5F6 alarms[0].altx (ALTX) must be A, received an empty list',
    ]);
  });

  it('is strict on demand', () => {
    expect(() => S2F34.read(S(2, 34, U1(3)), { strict: true })).toThrow(
      'S2F34 drack (root item) (DRACK) must be B, received U1[1]',
    );
  });

  it.each([
    [S2F33, S(2, 33).w(L(U4(1), L(L(U4(1), L(U4(1), F8(0.5)))))), 'reports[0].vids[1]', [1, 0, 1, 1]],
    [S2F33, S(2, 33).w(L(U4(1))), '', []],
    [S2F33, S(2, 33).w(), '', []],
    [S2F34, S(2, 34, B(1, 2)), 'drack', []],
    [S2F34, receivedMessage(2, 34, false, Buffer.of(0x21, 5, 1)), '', []],
  ] as const)('says which field a body does not fit: %#', (definition, received, field, path) => {
    expect(errorOf(() => definition.read(received))).toMatchObject({ code: 'E5_INVALID_BODY', field, path });
  });

  it('takes no other message', () => {
    expect(() => S2F34.read(S(2, 36, B(0)))).toThrow('S2F34.read must be given S2F34, received S2F36');
  });
});
