import { InvalidArgumentError } from 'commander';
import { parseMessages } from '../secs2/index.js';

/** An address of TCP: a host name or an IP address, and a port. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Reads a TCP port. `min` is 0 where any free port may be asked for. */
export function parsePort(text: string, min: 0 | 1 = 1): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port >= min && port <= 65535)) {
    throw new InvalidArgumentError(`A port from ${min} to 65535 is allowed.`);
  }
  return port;
}

/** Reads `HOST:PORT`; an IPv6 address stands in brackets: `[::1]:5000`. */
export function parseEndpoint(text: string): Endpoint {
  const match = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d+)$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) {
    throw new InvalidArgumentError(
      `HOST:PORT is allowed, an IPv6 address in brackets: [::1]:5000.${meant(text)}`,
    );
  }
  return { host, port: parsePort(match?.[3] ?? '') };
}

/** What was probably meant by something that is no HOST:PORT. */
function meant(text: string): string {
  const bare = text
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\/.*$/, '');
  const guess = /^\d{1,5}$/.test(bare)
    ? `127.0.0.1:${bare}`
    : /^:\d{1,5}$/.test(bare)
      ? `127.0.0.1${bare}`
      : bare.split(':').length > 2 && !bare.startsWith('[')
        ? bare.replace(/^(.*):(\d{1,5})$/, '[$1]:$2')
        : bare.replace(/^([\w.-]+)[;,/@ ]+(\d{1,5})$/, '$1:$2');
  return guess !== text && /^(?:\[[0-9a-f:.%]+\]|[\w.-]+):\d{1,5}$/i.test(guess)
    ? ` Did you mean ${guess}?`
    : '';
}

/** Reads `PORT` or `ADDRESS:PORT` to listen on; 0 is any free port. */
export function parseListen(text: string): { readonly host: string | undefined; readonly port: number } {
  const match = /^(?:(?:\[([^\]]+)\]|([^:\s]+)):)?(\d+)$/.exec(text);
  if (match === null) {
    throw new InvalidArgumentError(
      `PORT or ADDRESS:PORT is allowed, an IPv6 address in brackets: [::1]:5000.${meant(text)}`,
    );
  }
  return { host: match[1] ?? match[2], port: parsePort(match[3] ?? '', 0) };
}

/** Reads a whole number, decimal or `0x…`. */
export function parseInteger(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^(\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`A whole number from ${min} to ${max} is allowed.`);
    }
    return value;
  };
}

/** Reads a time in seconds, fractions allowed. */
export function parseSeconds(zeroAllowed: boolean): (text: string) => number {
  return (text) => {
    const value = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : NaN;
    if (!(zeroAllowed ? value >= 0 : value > 0)) {
      throw new InvalidArgumentError(`A number of seconds ${zeroAllowed ? 'from 0' : 'above 0'} is allowed.`);
    }
    return value;
  };
}

/** Reads a size in bytes: `1048576`, `64KiB`, `16MiB`, `1GiB`. */
export function parseBytes(text: string): number {
  const match = /^(\d+)(?:\s*(Ki|Mi|Gi)B?)?$/.exec(text);
  const factor = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 }[match?.[2] ?? ''] ?? 1;
  const value = Number(match?.[1] ?? NaN) * factor;
  if (!Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('A number of bytes is allowed, also as 64KiB, 16MiB, 1GiB.');
  }
  return value;
}

/** Reads the name of a code page. */
export function parseCodePage(codePage: string): string {
  try {
    parseMessages('', { codePage });
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : String(error));
  }
  return codePage;
}

/** A number of things: `1 message`, `2 messages`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
