import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerDecode } from '../../../src/cli/decode/decode';
import { ExitCode } from '../../../src/cli/exit-codes';
import { registerExplain } from '../../../src/cli/explain/explain';
import { defineMessage, MID } from '../../../src/e5';
import { CliBed } from '../../support/cli-bed';

const folder = mkdtempSync(join(tmpdir(), 'rxsecs-messages-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const json = file('tool.json', '{"messages":{"S100F1":{"title":"Lot Request","body":{"mid":"MID"}}}}');

async function explained(path: string, exported: object = {}): Promise<CliBed & { code: ExitCode }> {
  const bed = new CliBed({ importModule: () => Promise.resolve(exported) });
  return Object.assign(bed, {
    code: await bed.run([registerExplain], 'explain', 'S100F1', '--messages', path),
  });
}

it('explains the messages of a file', async () => {
  expect((await explained(json)).stdout).toMatch(/^S100F1 Lot Request/);
});

const own = defineMessage('S100F1', 'Own', { body: { mid: MID } });

it.each([{ own }, { default: own }, { default: { own } }, { all: [own] }])(
  'finds what a module exports, in whatever way',
  async (exported) => {
    expect((await explained(file('tool.mjs', ''), exported)).stdout).toMatch(/^S100F1 Own/);
  },
);

it('names them in what is decoded', async () => {
  const frame = file('frame.txt', '0000000f 0000640100000000000141034c2d31\n');
  const bed = new CliBed();
  expect(await bed.run([registerDecode], 'decode', frame, '--format', 'hex', '--messages', json)).toBe(
    ExitCode.ok,
  );
  expect(bed.stdout).toContain('<A[3] "L-1"> /* MID */');
});

const frames = file(
  'frames.txt',
  '0000000f 0000640100000000000141034c2d31\n0000000a 00008a010000 00000002\n',
);

it('names them in records, and chooses by their names', async () => {
  const decode = async (...args: string[]): Promise<CliBed & { code: ExitCode }> => {
    const bed = new CliBed();
    return Object.assign(bed, { code: await bed.run([registerDecode], ...args) });
  };
  const chosen = ['decode', frames, '--format', 'hex', '--sf'];
  const own = await decode('--json', ...chosen, 'Lot Request', '--messages', json);
  const [record] = own.stdout.split('\n').map((line) => JSON.parse(line || '{}') as object);
  expect(record).toMatchObject({ type: 'message', sf: 'S100F1', title: 'Lot Request' });
  expect(own.stdout).not.toContain('S10F1');
  const unknown = await decode(...chosen, 'Lot Request');
  expect(unknown.code).toBe(ExitCode.usage);
  expect(unknown.stderr).toContain('--sf: S6F11, S1F*, S7 and names of E5 are allowed, not "Lot Request"');
  const withComma = await decode(...chosen, 'Terminal Display, Single', '--messages', json);
  expect(withComma.code).toBe(ExitCode.ok);
});

it('lists them', async () => {
  const bed = new CliBed();
  await bed.run([registerExplain], 'explain', '--list', 'S100', '--messages', json);
  expect(bed.stdout).toBe('S100F1  both  Lot Request\n');
});

it.each([
  ['bad.json', '{', /bad\.json gives no messages: /],
  ['none.json', '{"messages":{}}', /none\.json has no message: export what defineMessage returns/],
  ['empty.mjs', '', /empty\.mjs has no message/],
])('says what is wrong with a file: %s', async (name, text, problem) => {
  const bed = await explained(file(name, text));
  expect(bed.code).toBe(ExitCode.usage);
  expect(bed.stderr).toMatch(problem);
});

it('says that there is no file', async () => {
  expect((await explained(join(folder, 'nothing.json'))).code).toBe(ExitCode.usage);
});
