import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { inspect } from 'node:util';
import * as e5 from '../../src/e5/index.js';
import { transpile } from '../support/transpile.js';

const page = readFileSync(join(__dirname, '../../docs/e5.md'), 'utf8');

function printed(program: string): string {
  const lines: string[] = [];
  const console = {
    log: (...values: unknown[]) =>
      lines.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ')),
  };
  runInNewContext(transpile(program), { require: () => e5, exports: {}, console });
  return `${lines.join('\n')}\n`;
}

it('the page shows what its programs print', () => {
  const programs = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, program = '']) => program);
  const [first = ''] = programs;
  const own = programs.find((program) => program.includes('defineMessage(')) ?? '';
  expect(printed(first)).toBe(/It prints:\n\n```\n([\s\S]*?)```/.exec(page)?.[1]);
  expect(printed(own)).toBe('S100F1 W /* Lot Request */\n<A[3] "L-1"> /* MID */.\n');
});
