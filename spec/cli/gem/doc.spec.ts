import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gemCommand } from '../../../src/cli/gem/gem';
import { etcherDefinition } from '../../gem/support';
import { CliBed, type CliBedOptions } from '../../support/cli-bed';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gem-doc-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function doc(args: readonly string[], options?: CliBedOptions): Promise<[number, string, string]> {
  const bed = new CliBed(options);
  const code = await bed.run([await gemCommand(['doc'])], 'gem', 'doc', ...args);
  return [code, bed.stdout, bed.stderr];
}

const DATA = JSON.stringify(etcherDefinition);

describe('rxsecs gem doc', () => {
  it('writes the manual of a model in a module, or in a JSON file', async () => {
    const [code, stdout] = await doc([file('etcher.cjs', `exports.etcher = ${DATA}`)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# ETCHER 1.0: GEM interface manual\n/);
    expect(await doc([file('etcher.json', DATA)])).toEqual([0, stdout, '']);
    expect(await doc([file('default.cjs', `module.exports = ${DATA}`)])).toEqual([0, stdout, '']);
  });

  it('takes the data out of a model that another copy of the library made', async () => {
    const [code, stdout] = await doc([
      file('model.cjs', `exports.etcher = { definition: ${DATA}, byVid: new Map() }; exports.other = 7;`),
    ]);
    expect([code, stdout.split('\n')[0]]).toEqual([0, '# ETCHER 1.0: GEM interface manual']);
  });

  it('writes HTML, the compliance statement, and files', async () => {
    const model = file('etcher.json', DATA);
    const [, html] = await doc([model, '--html']);
    expect(html).toMatch(/^<!doctype html>[^]*<h1>ETCHER 1.0: GEM interface manual<\/h1>/);
    const out = join(folder, 'compliance.md');
    expect(await doc([model, '--compliance', '-o', out])).toEqual([0, '', '']);
    expect(readFileSync(out, 'utf8')).toMatch(/^# ETCHER 1.0: GEM compliance statement\n/);
  });

  it.each([
    ['nothing.mjs', undefined, /nothing\.mjs: there is no such file/],
    ['none.cjs', 'exports.x = 1', /exports no model of an equipment: export it: export const model = /],
    [
      'two.cjs',
      `exports.a = ${DATA}; exports.b = ${DATA}`,
      /exports 2 models \(ETCHER, ETCHER\): let it export one/,
    ],
    ['bad.json', '{', /is no JSON: /],
    ['wrong.json', '{"model":"X","softwareRevision":7}', /exports no model/],
    [
      'faulty.json',
      '{"model":"X","softwareRevision":"1","alarms":{"A":{}}}',
      /the model has \d+ problems:\n  alarms\.A/,
    ],
    ['throws.cjs', 'throw new Error("no licence")', /throws\.cjs cannot be loaded: no licence$/m],
    ['lacks.cjs', 'require("nowhere-to-be-found")', /Install what it imports/],
    ['syntax.cjs', 'export default {', /a package\.json with "type": "module"/],
    ['model.ts', 'const x: = 1', /TypeScript is read by Node\.js 22\.18[^]*npx tsc/],
  ])('says what to do about %s', async (name, text, message) => {
    const path = text === undefined ? join(folder, name) : file(name, text);
    const [code, stdout, stderr] = await doc([path]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
