import { B } from '../secs2/items/factories.js';
import { S, type SecsMessage } from '../secs2/message.js';
import type { DataHeader } from './header.js';

/** The functions of stream 9 that report a message (E5). S9F13 reports a conversation and has another body. */
export type Stream9Function = 1 | 3 | 5 | 7 | 9 | 11;

const texts: Readonly<Record<Stream9Function, string>> = {
  1: 'unrecognised device ID',
  3: 'unrecognised stream',
  5: 'unrecognised function',
  7: 'illegal data',
  9: 'transaction timer timeout',
  11: 'data too long',
};

/** Whether a function of stream 9 names the header of another message. */
export function isStream9Function(fn: number): fn is Stream9Function {
  return typeof fn === 'number' && Object.hasOwn(texts, fn);
}

/** What a function of stream 9 says, in words. */
export function stream9Text(fn: number): string {
  return isStream9Function(fn) ? texts[fn] : 'error';
}

/** The stream 9 message that reports the message with this header: its item is MHEAD, the ten bytes (E5). */
export function stream9Message(fn: Stream9Function, header: DataHeader): SecsMessage {
  return S(9, fn, B(header.toBytes()));
}

const HEADER_BYTES = 10;

/** MHEAD of a stream 9 message: `<B[10]>`, the ten header bytes of the message at fault; undefined when it has none. */
export function mheadOf(message: SecsMessage): Buffer | undefined {
  const { body } = message;
  // Format B with one length byte.
  return body.length === 2 + HEADER_BYTES && body[0] === 0x21 && body[1] === HEADER_BYTES
    ? body.subarray(2)
    : undefined;
}
