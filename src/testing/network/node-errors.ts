import { printEndpoint } from '../../network/peer-address.js';

/** What Linux and Node say; the numbers are those of Linux. */
const errors = {
  ECONNREFUSED: { errno: -111, text: '' },
  ECONNRESET: { errno: -104, text: '' },
  EPIPE: { errno: -32, text: '' },
  EADDRINUSE: { errno: -98, text: ': address already in use' },
  ENOTFOUND: { errno: -3008, text: '' },
} as const;

/** Where an error of a socket arose. */
export interface ErrorPlace {
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

/** An error with the message and the fields that Node's own has. */
export function nodeError(code: keyof typeof errors, syscall: string, place: ErrorPlace = {}): Error {
  const { address, port, hostname } = place;
  const where = address === undefined || port === undefined ? (hostname ?? '') : printEndpoint(address, port);
  const { errno, text } = errors[code];
  const message = `${syscall} ${code}${text}${where === '' ? '' : ` ${where}`}`;
  return Object.assign(new Error(message), { code, errno, syscall, ...place });
}
