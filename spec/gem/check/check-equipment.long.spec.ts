import { equipmentRules, type RuleResult } from '../../../src/gem';
import { B, parseMessage } from '../../../src/secs2';
import { Between } from './check-bed';
import { DEFECTS } from './defects';

let bed: Between;

afterEach(() => bed.down());

const of = (verdict: RuleResult['verdict'], results: readonly RuleResult[]): string[] =>
  results.filter((result) => result.verdict === verdict).map(({ id }) => id);

jest.setTimeout(60_000);

describe('checkEquipment', () => {
  it('passes our equipment by every rule, and shows what each is judged by', async () => {
    bed = await new Between().up();
    const results = await bed.judge();
    expect(results.filter(({ verdict }) => verdict !== 'PASS')).toEqual([]);
    expect(results.map(({ id }) => id)).toEqual(equipmentRules().map(({ id }) => id));
    const seen = results.flatMap(({ trace }) =>
      trace.filter((line) => !/the link (is up|has ended)|operator: /.test(line)),
    );
    expect(seen.length).toBeGreaterThan(results.length);
    for (const line of seen) {
      expect(line).toMatch(/^\/\/ \d{4}-\d\d-\d\dT\S+Z (in|out) session 0 system \d+\nS\d+F\d+/);
      expect(() => parseMessage(line)).not.toThrow();
    }
  });

  it('puts back what it has changed, and names what it cannot', async () => {
    bed = await new Between().up();
    const ask = async (sml: string): Promise<string> =>
      String((await bed.clock.settled(bed.session.request(parseMessage(sml)))).item).replace(/\s+/g, ' ');
    bed.session.events.on('primary', (primary) => void primary.reply(B(0)).catch(() => undefined));
    for (const sml of [
      'S2F33 W <L <U4 0> <L <L <U4 7> <L <U4 2001>>>>>',
      'S2F35 W <L <U4 0> <L <L <U4 3> <L <U4 7>>>>>',
      'S2F37 W <L <BOOLEAN T> <L <U4 3> <U4 100>>>',
      'S5F3 W <L <B 0x80> <U4 2>>',
    ])
      await ask(sml);
    const state = async (): Promise<string[]> => {
      const found = [];
      for (const sml of [
        'S1F3 W <L <U4 1002> <U4 1003> <U4 1004> <U4 1005> <U4 1009>>',
        'S2F13 W <L>',
        'S2F47 W <L>',
        'S7F19 W',
        'S6F15 W <U4 3>',
      ])
        found.push(await ask(sml));
      return found;
    };
    const before = await state();
    bed.session.events.removeAllListeners('primary');
    const results = await bed.check({ change: true, operator: (task) => bed.operate(task) });
    expect(of('FAIL', results)).toEqual([]);
    // Without a command that may be sent, and without leave to lose anything:
    expect(of('SKIP', results).sort()).toEqual(['G-25', 'G-40e', 'G-41e', 'G-65b', 'G-66', 'G-87e']);
    bed.session.events.on('primary', (primary) => void primary.reply(B(0)).catch(() => undefined));
    expect(await state()).toEqual(before);
  });

  it.each(Object.keys(DEFECTS))('%s fails on a tool that has its defect', async (id) => {
    bed = await new Between(DEFECTS[id]).up();
    const [result, more] = await bed.judge(id);
    expect(result).toMatchObject({ id, verdict: 'FAIL' });
    // It is the rule that has found it, not what puts things back.
    expect(result?.reason).not.toMatch(/^not put back/);
    expect(more).toBeUndefined();
  });
});
