import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCapture, type CaptureEvent } from '../../src/capture/index.js';
import { show } from './support.js';

const corpus = join(__dirname, 'corpus');
const page = readFileSync(join(__dirname, '../../docs/capture.md'), 'utf8');
const names = readdirSync(corpus).filter((name) => !name.endsWith('.told'));

/** An event in a line: when, from where to where, what. */
function told(event: CaptureEvent): string {
  if (!('from' in event)) return show(event);
  const { time, from = '?', to = '?', dir = '' } = event;
  const when = time === undefined ? '' : `${new Date(time / 1000).toISOString()} `;
  const what = show(event).replace(/^(undefined|\S+:\d+|host|tool|equipment|[ab]) /, '');
  return `${when}${from} > ${to}${dir && ` (${dir})`} ${what}`;
}

async function toldOf(source: AsyncIterable<Uint8Array>): Promise<string[]> {
  const lines: string[] = [];
  for await (const events of await readCapture(source)) lines.push(...events.map(told));
  return lines;
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

describe('sources of messages', () => {
  it('are the rows of the table, each with its files', () => {
    const files = page.split('\n').map((line) => line.split('|')[3] ?? '');
    const shown = [...files.join(' ').matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(shown.sort()).toEqual([...names].sort());
  });

  it.each(names)('%s', async (name) => {
    const file = join(corpus, name);
    const expected = readFileSync(`${file}.told`, 'utf8').trimEnd().split('\n');
    expect(await toldOf(createReadStream(file))).toEqual(expected);
    // Pieces may end anywhere.
    expect(await toldOf(inPieces(readFileSync(file), 101))).toEqual(expected);
  });
});
