import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as secs2 from '../../src/secs2/index.js';
import { transpile } from '../support/transpile.js';

it('the page shows what its program prints', () => {
  const page = readFileSync(join(__dirname, '../../docs/secs2.md'), 'utf8');
  const program = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const shown = /It prints:\n\n```\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const printed: string[] = [];
  const console = { log: (...values: unknown[]) => printed.push(values.join(' ')) };
  runInNewContext(transpile(program), { require: () => secs2, exports: {}, console });
  expect(`${printed.join('\n')}\n`).toBe(shown);
  const lines = program
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.length).toBeLessThanOrEqual(10);
});
