/** SECS-II bodies, written by hand so that no codec of this project takes part in judging what secsgem sends. */

/** Item header of a list with `count` elements. */
const L = (count: number): Buffer => Buffer.from([0x01, count]);
/** `<A "text">`, up to 255 characters. */
const A = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x41, text.length]), Buffer.from(text, 'latin1')]);

/** `<L [0]>`: the S1F13 and S1F2 of a host. */
export const EMPTY_LIST = L(0);

/** `<L <A MDLN> <A SOFTREV>>`: the S1F13 and S1F2 of the secsgem equipment. */
export const MODEL = Buffer.concat([L(2), A('secsgem'), A('0.3.0')]);

/** `<L <B COMMACK> <L …>>`: an S1F14; `model` is {@link EMPTY_LIST} from a host. */
export function establishAck(commAck: number, model: Buffer): Buffer {
  return Buffer.concat([L(2), Buffer.from([0x21, 1, commAck]), model]);
}

/** `<B …>` of `size` bytes that count up, with three length bytes when they are needed and two otherwise. */
export function binary(size: number): Buffer {
  const length =
    size > 0xffff ? [0x23, size >>> 16, (size >>> 8) & 0xff, size & 0xff] : [0x22, size >>> 8, size & 0xff];
  return Buffer.concat([Buffer.from(length), Buffer.from(Array.from({ length: size }, (_, i) => i % 256))]);
}
