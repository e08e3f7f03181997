import { HsmsPassiveConnection, HsmsSession } from '../../../src';
import {
  checkEquipment,
  equipmentChanges,
  equipmentRules,
  GemArgumentError,
  type CheckOptions,
  type RuleResult,
} from '../../../src/gem';
import { A, B, L } from '../../../src/secs2';
import { Between } from './check-bed';
import { DEFECTS } from './defects';

let bed: Between;

afterEach(() => bed.down());

const of = (verdict: RuleResult['verdict'], results: readonly RuleResult[]): string[] =>
  results.filter((result) => result.verdict === verdict).map(({ id }) => id);

describe('checkEquipment', () => {
  it('only reads by default: what alters the tool is SKIP, and says what it would do', async () => {
    bed = await new Between().up();
    const asked: string[] = [];
    bed.session.connection.events.on('sent', ({ header }) => {
      if (header.isData) asked.push(`S${header.stream}F${header.function}`);
    });
    const results = await bed.check();
    const altering = equipmentRules().filter(({ changes }) => changes !== undefined);
    expect(of('SKIP', results)).toEqual(altering.map(({ id }) => id));
    expect(of('FAIL', results)).toEqual([]);
    expect(results.find(({ id }) => id === 'G-40b')?.reason).toBe(
      'it alters something: it defines reports of its own and deletes them',
    );
    expect(equipmentChanges({})).toEqual([]);
    // S1F14, S1F2 and S2F33 (a body that is none) are not among what changes a tool.
    const reads = /^S(1F(1|2|3|11|13|14|21|23|99)|2F(13|17|25|29|33|47)|5F[57]|6F15|7F(5|19|25)|99F1)$/;
    expect(asked.filter((name) => !reads.test(name))).toEqual([]);
    expect(asked.filter((name) => name === 'S2F33')).toHaveLength(1);
  });

  it('has a defect for each rule, and no other', async () => {
    bed = await new Between().up();
    const ids = equipmentRules().map(({ id }) => id);
    expect(Object.keys(DEFECTS).sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('fails a rule whose change cannot be put back, and says so', async () => {
    bed = await new Between({
      asked: ({ name, item }, between) =>
        name === 'S2F15' && between.times(`S2F15 ${String(item?.at(0)?.at(0))}`) === 2 ? B(2) : undefined,
    }).up();
    const [result] = await bed.judge('G-33c');
    expect(result).toMatchObject({
      verdict: 'FAIL',
      reason: 'not put back: constant LimitsDelay: S2F15 is answered 2, not 0',
    });
  });

  it('takes rules by number and by letter, and tells of each as it ends', async () => {
    bed = await new Between().up();
    const told: string[] = [];
    const results = await bed.check({
      rules: ['G-30', 'G-79a'],
      onResult: ({ id, verdict }) => told.push(`${verdict} ${id}`),
    });
    expect(results.map(({ id }) => id)).toEqual(['G-30a', 'G-30b', 'G-30c', 'G-30d', 'G-30e', 'G-79a']);
    expect(told).toEqual(results.map(({ id }) => `PASS ${id}`));
  });

  it('skips what is not served, fails what is not answered', async () => {
    bed = await new Between({
      asked: ({ name }) => (name === 'S2F25' ? 'S9F5' : name === 'S2F17' ? 'silence' : undefined),
    }).up();
    const results = await bed.check({ rules: ['G-78', 'G-77a'] });
    expect(results).toMatchObject([
      { id: 'G-77a', verdict: 'FAIL', reason: 'S2F17 is not answered: T3 has passed' },
      { id: 'G-78', verdict: 'SKIP', reason: 'S2F25 is not served: S9F5' },
    ]);
  });

  it('ends with the link, with its signal, and leaves the session to others', async () => {
    bed = await new Between({
      asked: ({ name }, between) => {
        if (name === 'S2F25') void between.session.connection.disable();
        return name === 'S2F25' ? 'silence' : undefined;
      },
    }).up();
    const results: RuleResult[] = [];
    const lost = bed.check({ rules: ['G-78', 'G-5'], onResult: (result) => results.push(result) });
    await expect(lost).rejects.toMatchObject({ code: 'GEM_OUTCOME_UNKNOWN' });
    expect(results).toMatchObject([
      { verdict: 'FAIL', reason: expect.stringMatching(/^the link was lost: /) as string },
    ]);
    await bed.session.connection.enable();
    await bed.clock.advanceAsync(1);
    const stop = new AbortController();
    const run = bed.check({ rules: ['G-5'], signal: stop.signal });
    const failed = expect(run).rejects.toThrow('enough');
    bed.clock.setTimer('spec', 0.5, () => stop.abort(new Error('enough')));
    await failed;
    expect(bed.session.events.listenerCount('primary')).toBe(0);
    expect(bed.session.connection.events.listenerCount('sent')).toBe(0);
  });

  it('takes ids as the tool writes them, and learns names from its profile', async () => {
    bed = await new Between({
      asked: ({ name, item }) => {
        if (name === 'S1F11')
          return item?.length === 0
            ? L(L(A('PRESSURE'), A('Pressure'), A('Pa')))
            : L(L(item?.at(0) ?? A(''), A(''), A('')));
        return name === 'S1F21' || name === 'S2F29' ? 'S9F5' : undefined;
      },
    }).up();
    const [, unknown] = await bed.check({ rules: ['G-31a', 'G-31b'] });
    expect(unknown).toMatchObject({ id: 'G-31b', verdict: 'PASS' });
    expect(unknown?.trace.join()).toContain('<A[8] "RXSECS-1">');
    const results = await bed.check({
      rules: ['G-20a'],
      profile: { variables: { CtrlState: { id: 1002 } }, roles: { ControlState: 'CtrlState' } },
    });
    expect(results).toMatchObject([{ verdict: 'PASS' }]);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'an option that is not known',
      { changes: true },
      /options\.changes is no option of checkEquipment: did you mean change/,
    ],
    ['change', { change: 'some' }, /change must be true, false or 'all', received the string "some"/],
    ['rules that are no array', { rules: 'G-40' }, /rules must be an array/],
    [
      'a rule that is not there',
      { rules: ['G-40', 'G-4'] },
      /rules must be an array of ids of rules \(G-14, .*received the string "G-4"/,
    ],
    ['patience', { patience: 0 }, /patience must be a number of seconds above 0/],
    ['quiet', { quiet: '2' }, /quiet must be a number of seconds above 0/],
    ['operator', { operator: true }, /operator must be a function/],
    ['onResult', { onResult: 1 }, /onResult must be a function/],
    ['signal', { signal: true }, /signal must be an object, received true/],
    ['command', { command: 'START' }, /command must be an object, received/],
    ['profile', { profile: { variables: 1 } }, /variables/],
    ['options', 'all', /options must be an object/],
  ])('refuses %s', async (_what, options, text) => {
    bed = await new Between().up();
    const run = checkEquipment(bed.session, options as CheckOptions);
    await expect(run).rejects.toThrow(text);
    await expect(run).rejects.toBeInstanceOf(GemArgumentError);
  });

  it('refuses what is no session of a host', async () => {
    bed = await new Between().up();
    await expect(checkEquipment({} as never)).rejects.toThrow(/session must be a SecsSession/);
    const connection = new HsmsPassiveConnection('127.0.0.1', 5002, 0, undefined, bed.network.options);
    const other = new HsmsSession(connection, { entity: 'equipment' });
    await expect(checkEquipment(other)).rejects.toThrow(
      /judges as a host, must be 'host', received the string "equipment"/,
    );
    await connection.dispose();
  });
});
