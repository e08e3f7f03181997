import type { CliIo, CliOutput } from '../io.js';

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

/** Colours text, or leaves it as it is where colours are not wanted. */
export type Paint = { readonly [Name in keyof typeof codes]: (text: string) => string };

/** A painter for terminals, or one that paints nothing. */
export function painter(on: boolean): Paint {
  const paint = (code: number) => (text: string) =>
    on && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    bold: paint(codes.bold),
    dim: paint(codes.dim),
    red: paint(codes.red),
    green: paint(codes.green),
    yellow: paint(codes.yellow),
    blue: paint(codes.blue),
    magenta: paint(codes.magenta),
    cyan: paint(codes.cyan),
  };
}

/** Colours are for terminals, and for those who have not said no: `NO_COLOR`, `TERM=dumb`, `--no-color`. */
export function hasColours(io: CliIo, stream: CliOutput, wanted: boolean): boolean {
  const { NO_COLOR, TERM } = io.env;
  return wanted && stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}
