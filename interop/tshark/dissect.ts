import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OUTPUT_BYTES = 64 * 1024 * 1024;

type Json = string | readonly Json[] | { readonly [key: string]: Json };

/** One HSMS message as tshark's dissector shows it. */
export interface Dissected {
  /** The TCP port it came from. */
  readonly sourcePort: number;
  /** Number of the captured packet that completes it. */
  readonly packet: number;
  /** How many TCP segments it was put together from; 1 when it was not. */
  readonly segments: number;
  /** Every `hsms.` field that has one value, by the end of its name: `length`, `header.stype` … */
  readonly fields: Readonly<Record<string, string>>;
  /** All its bytes in hex, length prefix included. */
  readonly bytes: string;
  readonly malformed: boolean;
}

/** What tshark makes of a capture. */
export class Dissector {
  readonly #read: readonly string[];

  constructor(file: string, port: number) {
    this.#read = ['-r', file, '-d', `tcp.port==${port},hsms`];
  }

  /** The HSMS messages in the order in which they were completed. */
  async messages(): Promise<Dissected[]> {
    const json = ['-T', 'json', '-x', '--no-duplicate-keys', '-J', 'frame tcp tcp.segments hsms'];
    const packets = asList(JSON.parse(await this.#tshark('-Y', 'hsms', ...json)) as Json);
    return packets.flatMap((packet) => messagesOf(at(packet, '_source', 'layers')));
  }

  /** The payload of the only TCP connection that carried any, in hex: what each end sent, by its port. */
  async payloads(): Promise<ReadonlyMap<number, string>> {
    const streams = await this.#tshark('-Y', 'tcp.len > 0', '-T', 'fields', '-e', 'tcp.stream');
    const used = new Set(streams.split('\n').filter((line) => line !== ''));
    if (used.size !== 1) throw new Error(`one TCP connection with data was expected, not ${used.size}`);
    const followed = await this.#tshark('-q', '-z', `follow,tcp,raw,${[...used].join()}`);
    const ports = [...followed.matchAll(/^Node \d: .*:(\d+)$/gm)].map((match) => Number(match[1]));
    const lines = followed.split('\n').filter((line) => /^\t?[0-9a-f]+$/.test(line));
    // Lines of the second node are indented.
    const sentBy = (node: number): string =>
      lines
        .filter((line) => line.startsWith('\t') === (node === 1))
        .join('')
        .replaceAll('\t', '');
    return new Map(ports.map((port, node) => [port, sentBy(node)]));
  }

  async #tshark(...args: string[]): Promise<string> {
    const { stdout } = await run('tshark', [...this.#read, ...args], { maxBuffer: OUTPUT_BYTES });
    return stdout;
  }
}

/** The messages of one captured packet, which may complete several. */
function messagesOf(layers: Json | undefined): Dissected[] {
  const trees = asList(at(layers, 'hsms'));
  const raw = at(layers, 'hsms_raw');
  // One message: [hex, offset, …]. Several: a list of those.
  const bytes = typeof at(raw, '0') === 'string' ? [raw] : asList(raw);
  const reassembled = Number(at(layers, 'tcp.segments', 'tcp.segment.count') ?? 1);
  return trees.map((tree, index) => ({
    sourcePort: Number(at(layers, 'tcp', 'tcp.srcport')),
    packet: Number(at(layers, 'frame', 'frame.number')),
    segments: trees.length === 1 ? reassembled : 1,
    fields: Object.fromEntries(fieldsIn(tree)),
    bytes: textAt(bytes[index], '0'),
    malformed: at(layers, '_ws.malformed') !== undefined,
  }));
}

function textAt(json: Json | undefined, ...path: string[]): string {
  const found = at(json, ...path);
  return typeof found === 'string' ? found : '';
}

/** The fields of a tree, however they are nested: the names of the branches are texts for people. */
function fieldsIn(tree: Json): [string, string][] {
  if (typeof tree === 'string' || isList(tree)) return [];
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    if (typeof value !== 'string') return fieldsIn(value);
    return key.startsWith('hsms.') ? [[key.slice('hsms.'.length), value]] : [];
  });
}

function at(json: Json | undefined, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (found, key) =>
      typeof found === 'object' ? (found as { readonly [key: string]: Json })[key] : undefined,
    json,
  );
}

function asList(json: Json | undefined): readonly Json[] {
  if (json === undefined) return [];
  return isList(json) ? json : [json];
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
