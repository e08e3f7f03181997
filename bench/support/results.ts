import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const file = join(__dirname, '../RESULTS.md');

/** Date, machine and Node, as a list. */
export function machine(): string {
  const processors = cpus();
  return [
    `- date: ${new Date().toISOString().slice(0, 10)}`,
    `- machine: ${processors.length} cores (${processors[0]?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `- Node ${process.version} on ${process.platform} ${process.arch}`,
  ].join('\n');
}

/** Puts `text` in the place of the section with this title in bench/RESULTS.md, or at its end. */
export function record(title: string, text: string): void {
  const sections = readFileSync(file, 'utf8').split(/^(?=## )/m);
  const section = `## ${title}\n\n${text}\n\n`;
  const index = sections.findIndex((one) => one.startsWith(`## ${title}\n`));
  if (index < 0) sections.push(section);
  else sections[index] = section;
  writeFileSync(file, `${sections.map((one) => one.trimEnd()).join('\n\n')}\n`);
}
