import type { Clock, WirePacket } from '../../index.js';
import { LineTap } from '../../secs1/index.js';
import { isOrderly, tapFields, tapText } from '../line/tap-text.js';
import { Tap } from './tap.js';

type Source = 'client' | 'target';

/** Listens to both directions of a connection. */
export interface ConnectionTap {
  push(from: Source, chunk: Buffer): void;
  /** Bytes that came from a side. */
  bytes(from: Source): number;
  /** Bytes of a message that has begun and is not whole. */
  partialBytes(from: Source): number;
  /** The connection is over. */
  end(): void;
}

/** What a tap tells. */
export interface ConnectionTapEvents {
  onPacket(from: Source, packet: WirePacket): void;
  onNonsense(from: Source, problem: string, atByte: number): void;
  /** Something else was seen on a line. */
  onNote(from: Source, event: string, text: string, fields: object): void;
}

/** Cuts each direction into packets of HSMS. */
export function hsmsTap(events: ConnectionTapEvents, maxPacketBytes: number): ConnectionTap {
  const tapOf = (from: Source): Tap =>
    new Tap(
      {
        onPacket: (packet) => events.onPacket(from, packet),
        onNonsense: (problem, atByte) => events.onNonsense(from, problem, atByte),
      },
      maxPacketBytes,
    );
  const taps = { client: tapOf('client'), target: tapOf('target') };
  return {
    push: (from, chunk) => taps[from].push(chunk),
    bytes: (from) => taps[from].bytes,
    partialBytes: (from) => taps[from].partialBytes,
    end: () => {},
  };
}

/** Reads both directions as one line of SECS-I. @param isAll whether also what goes as it should is told, byte by byte */
export function secs1Tap(events: ConnectionTapEvents, clock: Clock, isAll: boolean): ConnectionTap {
  const bytes = { client: 0, target: 0 };
  const tap = new LineTap((event) => {
    const from = event.way === 'first' ? 'client' : 'target';
    if (event.kind === 'message') events.onPacket(from, event.packet);
    else if (isAll || !isOrderly(event)) events.onNote(from, event.kind, tapText(event), tapFields(event));
  });
  return {
    push: (from, chunk) => {
      bytes[from] += chunk.length;
      tap.push(chunk, from === 'client' ? 'first' : 'second', clock.now());
    },
    bytes: (from) => bytes[from],
    partialBytes: () => 0,
    end: () => tap.end(),
  };
}
