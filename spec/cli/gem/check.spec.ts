import { readFileSync } from 'node:fs';
import { ExitCode } from '../../../src/cli/exit-codes';
import { gemCommand } from '../../../src/cli/gem/gem';
import { CliBed } from '../../support/cli-bed';
import { until } from '../../support/until';
import { HsmsActiveConnection, HsmsSession } from '../../../src';
import { GemHost } from '../../../src/gem';
import { etcherModel, GemTool, runGem } from './tool';

let tool: GemTool;

beforeEach(async () => {
  tool = await new GemTool().up();
});

afterEach(() => tool.down());

const check = (...args: readonly string[]) => runGem('check', tool.target, '--pause', '0.1', ...args);

describe('rxsecs gem check', () => {
  it('judges a tool without altering it', async () => {
    const { code, out, err } = await check();
    expect(out).toMatch(/^PASS G-14 {3}S1F13 is answered/);
    expect(out).toMatch(/^SKIP G-40b .*: it alters something: it defines reports of its own/m);
    expect(out).not.toMatch(/^FAIL/m);
    expect(out).toMatch(/\n\d\d PASS, 0 FAIL, \d\d+ SKIP\n$/);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('says first what it will alter, and judges the rules that are named', async () => {
    const [junit, html] = [tool.path('gem.xml'), tool.path('gem.html')];
    const args = ['--change', '--rule', 'G-40', 'G-33a', '--junit', junit, '--html', html];
    const { code, out, err } = await check(...args);
    expect(err).toMatch(
      /^rxsecs: G-33a sets a constant that a tool must not have\nrxsecs: G-40a defines reports/,
    );
    expect(out).toContain(
      'SKIP G-40e  S2F33 with an empty list deletes all reports: it loses something for good',
    );
    expect(out).toMatch(/\n5 PASS, 0 FAIL, 1 SKIP\n$/);
    expect(code).toBe(0);
    expect(readFileSync(junit, 'utf8')).toContain('tests="6" failures="0" skipped="1"');
    expect(readFileSync(html, 'utf8')).toContain('5 PASS, 0 FAIL, 1 SKIP');
    const lost = await check('--change-all', '--rule', 'G-40e');
    expect(lost.err).toBe('rxsecs: G-40e deletes all reports; lost for good: all reports and their links\n');
    expect(lost.out).toMatch(/^PASS G-40e/);
  });

  it('ends with 8 where something fails, and gives records with --json', async () => {
    tool.equipment.handle('S2F25', () => ({}));
    const { code, out } = await runGem('check', tool.target, '--json', '--rule', 'G-78', 'G-94');
    expect(code).toBe(ExitCode.different);
    const records = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).toMatchObject([
      { type: 'gem', kind: 'rule', id: 'G-94', verdict: 'PASS', reason: '' },
      { kind: 'rule', id: 'G-78', verdict: 'FAIL', reason: 'S2F26 has no body' },
      { kind: 'summary', pass: 1, fail: 1, skip: 0 },
    ]);
    expect(String(records[1]?.['trace'])).toMatch(/out session 0 system \d+\nS2F25 W/);
  });

  it('lists the rules without a connection', async () => {
    const { code, out } = await runGem('check', '--list');
    expect(code).toBe(0);
    expect(out).toMatch(/^G-14 {3}.* \(only reads\)$/m);
    expect(out).toMatch(/^G-92 {3}.* \(it defines .*; with somebody at the tool\)$/m);
    expect(out).toMatch(/^G-40e .*lost for good: all reports/m);
  });

  it('has a command carried out, with what its profile says of parameters', async () => {
    const seen: unknown[] = [];
    tool.equipment.commands.PURGE.handle(({ Seconds }) => void seen.push(Seconds));
    const args = [
      '--change',
      '--command',
      'PURGE Seconds=3',
      '--rule',
      'G-66',
      'G-65b',
      '--profile',
      tool.profile,
    ];
    const { out } = await check(...args);
    expect(out).toContain('PASS G-65b');
    expect(out).toMatch(/SKIP G-66 .*PURGE is done at once \(HCACK 0\)/);
    expect(seen).toEqual([3]);
  });

  it('asks for what somebody has to do, and waits until it is done', async () => {
    const bed = new CliBed();
    const args = ['check', tool.target, '--pause', '0.1', '--change', '--operator', '--rule', 'G-23b'];
    const run = bed.run([await gemCommand(args)], 'gem', ...args);
    await until('the question', () =>
      bed.stderr.includes('please switch the tool OFF-LINE. Enter when it is done'),
    );
    await tool.equipment.operator.offLine();
    bed.stdin.write('\n');
    await until('the other question', () => bed.stderr.includes('please switch the tool ON-LINE'));
    void tool.equipment.operator.onLine();
    bed.stdin.write('\n');
    expect(await run).toBe(0);
    expect(bed.stdout).toMatch(/^PASS G-23b/);
  });

  it('leaves out what nobody does', async () => {
    const bed = new CliBed();
    bed.stdin.end('s\n');
    const args = ['check', tool.target, '--change', '--operator', '--rule', 'G-23b', 'G-25'];
    await bed.run([await gemCommand(args)], 'gem', ...args);
    expect(bed.stdout).toMatch(/^SKIP G-23b .*nobody has done this: switch the tool OFF-LINE/m);
  });

  it('takes a tool ON-LINE first where that is wanted', async () => {
    tool.equipment.stop();
    const { out, err } = await check('--on-line', '--t3', '0.3', '--rule', 'G-94');
    expect(err).toMatch(/^rxsecs: S1F13: t3\nrxsecs: S1F17: t3\n$/);
    expect(out).toContain('FAIL G-94');
  });

  it('keeps what was judged where the link is lost', async () => {
    tool.equipment.handle('S2F25', () => {
      void tool.connection.disable();
      return new Promise(() => undefined);
    });
    const junit = tool.path('gem.xml');
    const { code, err } = await check('--rule', 'G-94', 'G-78', 'G-5', '--patience', '0.1', '--junit', junit);
    expect(code).toBe(ExitCode.closed);
    expect(err).toContain('the link was lost, and not made again: the run ends here');
    expect(readFileSync(junit, 'utf8')).toContain('tests="2" failures="1"');
  });

  it('judges a host that connects: it plays its tool', async () => {
    const [bed, wireLog] = [new CliBed(), tool.path('host.ndjson')];
    const rules = ['G-110a', 'G-110c', 'G-110i', 'G-114a', 'G-112a'];
    // The port is opened again after each link; below those that are given for connecting.
    const port = 21_000 + (process.pid % 9000);
    const listen = `127.0.0.1:${port}`;
    const args = ['check', '--listen', listen, '--pause', '0.3', '--patience', '2', '--log', wireLog];
    const run = bed.run([await gemCommand(args)], 'gem', ...args, '--rule', ...rules);
    await until('the port', () => bed.stderr.includes(`listening on ${listen}`));
    const connection = new HsmsActiveConnection('127.0.0.1', port, 0, undefined, { t5: 0.1 });
    const setup = { reports: { P: ['Slot'] }, events: { WaferStarted: ['P'] } } as const;
    const host = new GemHost(new HsmsSession(connection, { t3: 5 }), { profile: etcherModel, setup });
    host.start();
    await connection.enable();
    expect(await run).toBe(ExitCode.ok);
    host.stop();
    await connection.dispose();
    expect(bed.stdout).toMatch(/^PASS G-110a/);
    expect(bed.stdout).toMatch(/\n5 PASS, 0 FAIL, 0 SKIP\n$/);
    expect(readFileSync(wireLog, 'utf8')).toContain('"sf":"S2F35"');
  });

  it('lists the rules of hosts, and takes no options for tools there', async () => {
    const { out } = await runGem('check', '--list', '--judge', 'host');
    expect(out).toMatch(/^G-110a S1F13 of the tool is answered COMMACK 0 \(only reads\)$/m);
    const wrong = await runGem('check', '--listen', '0', '--change-all');
    expect(wrong.err).toContain('--change-all is for the check of a tool, see --judge');
    expect(wrong.code).toBe(ExitCode.usage);
  });

  it('says what is wrong with its arguments', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['--rule', 'G-4'], /rules must be an array of ids of rules \(G-14, /],
      [['--command', ' '], /--command must begin with the name/],
      [['--command', 'START PPID'], /'PPID' of --command is no parameter: NAME=VALUE/],
      [
        ['--command', 'PURGE Seconds=x', '--profile', tool.profile],
        /Seconds must be a number \(U2\), received 'x'/,
      ],
      [['more'], /'more' is not wanted: one HOST:PORT is/],
    ];
    for (const [args, text] of cases) {
      const { code, err } = await runGem('check', tool.target, ...args);
      expect(err).toMatch(text);
      expect({ args, code }).toEqual({ args, code: ExitCode.usage });
    }
  });
});
