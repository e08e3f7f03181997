import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

const file = join(__dirname, '../RESULTS.md');
const page = join(__dirname, '../../docs/speed.md');

/** How busy the machine was when the program began: figures of a busy one say little. */
const load = (loadavg()[0] ?? NaN).toFixed(1);

/** Today, as in 2026-11-23. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The number of cores, their kind, and the memory. */
export function machineSize(): string {
  const processors = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${processors.length} cores (${processors[0]?.model ?? 'unknown'}), ${gibibytes} GiB`;
}

/** Date, machine and Node, as a list. */
export function machine(): string {
  return [
    `- date: ${today()}`,
    `- machine: ${machineSize()}; load ${load} when it began`,
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

/** Puts `text` between the two marks for the speed table in docs/speed.md. */
export function recordRates(text: string): void {
  const before = readFileSync(page, 'utf8');
  const after = before.replace(
    /(<!-- speed -->\n)[^]*(<!-- \/speed -->)/,
    (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`,
  );
  writeFileSync(page, after);
}
