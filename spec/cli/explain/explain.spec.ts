import { ExitCode } from '../../../src/cli/exit-codes';
import { registerExplain } from '../../../src/cli/explain/explain';
import { CliBed } from '../../support/cli-bed';

const run = async (...args: string[]): Promise<CliBed & { code: ExitCode }> => {
  const bed = new CliBed();
  return Object.assign(bed, { code: await bed.run([registerExplain], 'explain', ...args) });
};

it('says what messages and data items are', async () => {
  const bed = await run('S2F34', 'drack');
  expect(bed.code).toBe(ExitCode.ok);
  expect(bed.stdout).toMatch(/^S2F34 Define Report Acknowledge[^]*\n\nDRACK answer to Define Report\n/);
});

it('says what the codes of the answer mean', async () => {
  const { stdout } = await run('S2F41');
  expect(stdout).toMatch(
    /answered by S2F42[^]*\n\nHCACK of S2F42\n +0 +done +done\n[^]*\n\nCPACK of S2F42\n/,
  );
});

it('lists messages, of some streams or of all', async () => {
  const { stdout } = await run('--list', 's6', 'S9');
  expect(stdout).toMatch(/^S6F1 {4}E->H {2}Trace Data Send → S6F2\n/);
  expect(stdout.trimEnd().split('\n')).toHaveLength(30 + 7);
  expect((await run('--list')).stdout.trimEnd().split('\n')).toHaveLength(514);
});

it('prints records', async () => {
  const bed = new CliBed();
  await bed.run([registerExplain], '--json', 'explain', '--list', 'S9');
  expect(bed.stdout.split('\n')[0]).toBe(
    '{"name":"S9F1","title":"Unrecognized Device ID","direction":"E->H"}',
  );
});

it('says what it does not know', async () => {
  const unknown = await run('HCACX');
  expect(unknown.stderr).toBe(
    'rxsecs: HCACX is no message and no data item that is known: did you mean HCACK?\n',
  );
  expect((await run()).code).toBe(ExitCode.usage);
});
