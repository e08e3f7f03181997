import { SIDES, type Way } from '../way.js';

/** What a line of YAML says. */
export type YamlLine =
  | { readonly kind: 'said' }
  | { readonly kind: 'label'; readonly way?: Way; readonly time?: number }
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer };

const SAID: YamlLine = { kind: 'said' };

/** Reads a stream that Wireshark has written as YAML: peers, then packets of one peer each, in base64. */
export class WiresharkYaml {
  /** `peers` and `packets` are headings of the newer form. */
  #part: string | undefined;
  #peer = '';
  #host = '';
  #binary = false;

  /** Takes a line; undefined where it is none of such YAML. */
  take(line: string): YamlLine | undefined {
    if (this.#binary) {
      const bytes = base64(line);
      if (bytes !== undefined) return { kind: 'bytes', bytes };
      this.#binary = false;
    }
    const heading = /^(peers|packets):\s*$/.exec(line);
    if (heading !== null) {
      this.#part = heading[1];
      return SAID;
    }
    const older = /^peer(\d)_\d+:\s*!!binary\s*\|\s*$/.exec(line);
    if (older !== null) {
      this.#binary = true;
      return { kind: 'label', way: sideOf(older[1]) };
    }
    return this.#part === undefined ? undefined : this.#entry(line);
  }

  #entry(line: string): YamlLine | undefined {
    const found = /^[\s-]+(\w+):\s*(.*?)\s*$/.exec(line);
    if (found === null) return undefined;
    const [, name, value = ''] = found;
    if (name === 'data') this.#binary = true;
    if (name === 'timestamp') return { kind: 'label', time: microseconds(value) };
    if (name === 'host') this.#host = value;
    if (name === 'peer') {
      this.#peer = value;
      if (this.#part === 'packets') return { kind: 'label', way: sideOf(value) };
    }
    if (name === 'port') {
      const host = this.#host.includes(':') ? `[${this.#host}]` : this.#host;
      return { kind: 'remark', text: `${this.#peer === '0' ? 'a' : 'b'} is ${host}:${value}` };
    }
    return SAID;
  }
}

function sideOf(peer: string | undefined): Way {
  return peer === '0' ? SIDES[0] : SIDES[1];
}

/** Seconds since 1970 with more digits than a number keeps. */
function microseconds(text: string): number {
  const [seconds = '', fraction = ''] = text.split('.');
  return Number(seconds) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

function base64(line: string): Buffer | undefined {
  const digits = line.trim();
  const fits = /^\s/.test(line) && digits.length % 4 === 0 && /^[a-z0-9+/]+={0,2}$/i.test(digits);
  return fits ? Buffer.from(digits, 'base64') : undefined;
}
