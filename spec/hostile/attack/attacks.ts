import type { Socket } from 'node:net';
import {
  encodeFrame,
  HsmsHeader,
  HsmsPacket,
  type HsmsMultiPassiveServerOptions,
  type HsmsSessionOptions,
} from '../../../src/index.js';

const MiB = 2 ** 20;

/** What the process under attack is told. */
export interface VictimSettings {
  readonly expected: readonly string[];
  readonly connection?: Omit<HsmsMultiPassiveServerOptions, 'acceptUnknown' | 'clock'>;
  readonly session?: HsmsSessionOptions;
  /** Whether strangers' primaries are answered. Default true. */
  readonly answers?: boolean;
  /** Whether it sends events to selected strangers as fast as it can. */
  readonly pours?: boolean;
}

/** What an attack can do. */
export interface Attacker {
  /** Share of the full size, for short runs. */
  readonly scale: number;
  /** Whether the time is up. */
  readonly over: boolean;
  pause(ms: number): Promise<void>;
  /** Connects from a local address; resolves when connected, or closed again. */
  open(from: string): Promise<Socket>;
  /** Resolves when written; false when the socket is closed. */
  write(socket: Socket, bytes: Buffer): Promise<boolean>;
}

export interface Attack {
  readonly name: string;
  readonly settings: Omit<VictimSettings, 'expected'>;
  /** Ceiling of the victim's growth besides the allowance, in bytes, and what it comes from. */
  readonly ceiling: readonly [bytes: number, from: string];
  /** What p99 of the others may be in any case, in milliseconds, where it is more than usual. */
  readonly latencyMs?: number;
  run(attacker: Attacker): Promise<void>;
}

const STRANGERS = 1024;
/** Measured generously: sockets, links, sessions and their timers of one connection. */
const PER_CONNECTION = 48 * 1024;

const frame = (packet: HsmsPacket): Buffer => encodeFrame(packet);
const odd = (fields: { sType?: number; pType?: number }): Buffer =>
  frame(new HsmsPacket(HsmsHeader.of({ sessionId: 0xffff, systemBytes: 7, ...fields })));
const primary = (body: Buffer, wBit = true): Buffer =>
  frame(HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, wBit, systemBytes: 9 }, body));
const times = (bytes: Buffer, total = 65_536): Buffer =>
  Buffer.alloc(Math.max(1, Math.floor(total / bytes.length)) * bytes.length, bytes);
const claim = (length: number): Buffer => {
  const prefix = Buffer.alloc(14);
  prefix.writeUInt32BE(length);
  return prefix;
};
const SELECT = frame(HsmsPacket.selectReq(1));
/** Addresses of strangers: the whole of 127.0.0.0/8 is this machine. */
const stranger = (index: number): string => `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;

/** Opens so many connections, some at a time. */
async function openMany(
  attacker: Attacker,
  count: number,
  from: (index: number) => string,
): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let i = 0; i < count; i += 50) {
    const batch = Array.from({ length: Math.min(50, count - i) }, (_, k) => attacker.open(from(i + k)));
    sockets.push(...(await Promise.all(batch)));
  }
  return sockets;
}

/** One stranger that is selected, or not, and then writes the same bytes for as long as it may. */
function flood(bytes: Buffer, { selected = true, reads = true, count = 1 } = {}): Attack['run'] {
  return async (attacker) => {
    const one = async (index: number): Promise<void> => {
      while (!attacker.over) {
        const socket = await attacker.open(stranger(index));
        if (!reads) socket.pause();
        if (selected) await attacker.write(socket, SELECT);
        while (!attacker.over && (await attacker.write(socket, bytes)));
        await attacker.pause(5);
      }
    };
    await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
  };
}

const answersCeiling = [8192 * 512, 'maxUnreadAnswers 8192 x 512 B'] as const;
const none = [0, 'nothing is kept'] as const;
const crowd = [STRANGERS * PER_CONNECTION, `maxUnselected ${STRANGERS} x 48 KiB`] as const;
const listOf = (n: number): Buffer => Buffer.of(3, n >>> 16, n >>> 8, n);

export const attacks: readonly Attack[] = [
  {
    name: '10,000 silent connects, one address',
    settings: {},
    ceiling: none,
    run: async (attacker: Attacker): Promise<void> =>
      void (await openMany(attacker, 10_000 * attacker.scale, () => stranger(0))),
  },
  {
    name: '10,000 silent connects, 10,000 addresses',
    settings: { connection: { t7: 3 } },
    ceiling: crowd,
    run: async (attacker: Attacker): Promise<void> =>
      void (await openMany(attacker, 10_000 * attacker.scale, stranger)),
  },
  {
    name: '10,000 silent connects, all kept',
    settings: { connection: { maxUnselected: 20_000, t7: 240 } },
    ceiling: [10_000 * PER_CONNECTION, '10,000 x 48 KiB'],
    run: async (attacker: Attacker): Promise<void> =>
      void (await openMany(attacker, 10_000 * attacker.scale, stranger)),
  },
  {
    name: 'connect and close, FIN and RST',
    settings: {},
    ceiling: none,
    run: async (attacker: Attacker): Promise<void> => {
      for (let i = 0; !attacker.over; i += 50) {
        for (const socket of await openMany(attacker, 50, (index) => stranger(i + index))) {
          if (i % 100 === 0) socket.destroy();
          else socket.resetAndDestroy();
        }
      }
    },
  },
  {
    name: 'drip: 1,000 x 1 byte below T8',
    settings: { connection: { t8: 1, frameTimeout: 2 } },
    ceiling: crowd,
    run: async (attacker: Attacker): Promise<void> => {
      const sockets = await openMany(attacker, 1000 * attacker.scale, stranger);
      await Promise.all(sockets.map((socket) => attacker.write(socket, claim(16 * MiB))));
      for (; !attacker.over; await attacker.pause(200)) {
        for (const socket of sockets) void attacker.write(socket, Buffer.of(0));
      }
    },
  },
  {
    name: 'lying lengths: 1,000 x 4 GiB, again and again',
    latencyMs: 300,
    settings: {},
    ceiling: crowd,
    run: async (attacker: Attacker): Promise<void> => {
      while (!attacker.over) {
        const sockets = await openMany(attacker, 1000 * attacker.scale, stranger);
        await Promise.all(sockets.map((socket) => attacker.write(socket, claim(0xffffffff))));
      }
    },
  },
  {
    name: 'lying lengths: 1,000 x 16 MiB and 10 bytes',
    settings: {},
    ceiling: crowd,
    run: async (attacker: Attacker): Promise<void> => {
      const sockets = await openMany(attacker, 1000 * attacker.scale, stranger);
      await Promise.all(sockets.map((socket) => attacker.write(socket, claim(16 * MiB))));
    },
  },
  {
    name: '16 x all but the last byte of 16 MiB',
    settings: {},
    ceiling: [16 * 24 * MiB, '16 x 1.5 x maxPacketBytes'],
    run: async (attacker: Attacker): Promise<void> => {
      const body = Buffer.alloc(16 * MiB - 16);
      for (const socket of await openMany(attacker, 16, stranger)) {
        await attacker.write(socket, claim(16 * MiB));
        await attacker.write(socket, body);
      }
    },
  },
  {
    name: 'items 200 deep and 100,000 deep',
    settings: {},
    ceiling: [4 * MiB, 'maxPacketBytes / 4'],
    run: flood(
      Buffer.concat(
        [200, 100_000].map((depth) =>
          primary(Buffer.concat([Buffer.alloc(2 * depth, '0101', 'hex'), listOf(0)])),
        ),
      ),
    ),
  },
  {
    name: 'items 100,000 wide',
    // The program looks at each, and decoding takes its time.
    latencyMs: 600,
    settings: {},
    ceiling: [2 * 100_000 * 160, '2 bodies x 100,000 items x 160 B'],
    run: flood(primary(Buffer.concat([listOf(100_000), Buffer.alloc(200_000, '4100', 'hex')]))),
  },
  {
    name: 'lists of 16 M items that are not there',
    settings: {},
    ceiling: none,
    run: flood(times(primary(listOf(0xffffff)))),
  },
  {
    name: '8 M real items in 16 MiB',
    settings: {},
    ceiling: [4 * 16 * MiB, '4 x maxPacketBytes'],
    run: flood(primary(Buffer.concat([listOf(8_388_000), Buffer.alloc(16_776_000, '4100', 'hex')]))),
  },
  {
    name: 'flood of Linktest.req',
    settings: {},
    ceiling: answersCeiling,
    run: flood(times(frame(HsmsPacket.linktestReq(1)))),
  },
  {
    name: 'flood of Linktest.req, never reads',
    settings: {},
    ceiling: answersCeiling,
    run: flood(times(frame(HsmsPacket.linktestReq(1))), { reads: false }),
  },
  {
    name: 'flood of Linktest.req, never reads, 50 peers',
    // Each peer has its turn.
    latencyMs: 300,
    settings: {},
    ceiling: [50 * 8192 * 512, '50 x maxUnreadAnswers 8192 x 512 B'],
    run: flood(times(frame(HsmsPacket.linktestReq(1))), { reads: false, count: 50 }),
  },
  { name: 'flood of Reject.req', settings: {}, ceiling: none, run: flood(times(odd({ sType: 7 }))) },
  {
    name: 'flood of unknown PType and SType, never reads',
    settings: {},
    ceiling: answersCeiling,
    run: flood(times(Buffer.concat([odd({ pType: 9 }), odd({ sType: 99 })])), { reads: false }),
  },
  {
    name: 'flood of Select and Deselect',
    settings: {},
    ceiling: answersCeiling,
    run: flood(times(Buffer.concat([SELECT, frame(HsmsPacket.deselectReq(2))])), { selected: false }),
  },
  {
    name: 'Select and Separate, reconnecting',
    settings: {},
    ceiling: none,
    run: flood(times(Buffer.concat([SELECT, frame(HsmsPacket.separateReq(2))])), {
      selected: false,
      count: 20,
    }),
  },
  {
    name: 'flood of S9F7',
    settings: {},
    ceiling: none,
    run: flood(
      times(
        frame(
          HsmsPacket.data(
            { sessionId: 0, stream: 9, function: 7, systemBytes: 5 },
            Buffer.concat([Buffer.of(0x21, 10), Buffer.alloc(10)]),
          ),
        ),
      ),
    ),
  },
  {
    name: 'unknown session IDs to an equipment, never reads',
    settings: { session: { entity: 'equipment' } },
    ceiling: [8192 * 1024, 'maxUnreadAnswers 8192 x 1 KiB'],
    run: flood(
      times(frame(HsmsPacket.data({ sessionId: 77, stream: 1, function: 1, wBit: true, systemBytes: 3 }))),
      {
        reads: false,
      },
    ),
  },
  {
    name: 'flood of primaries that nobody answers',
    settings: { answers: false },
    ceiling: none,
    run: flood(times(primary(Buffer.alloc(0)))),
  },
  {
    name: 'flood of primaries that are answered, never reads',
    settings: { connection: { maxQueuedBytes: 32 * MiB } },
    ceiling: [3 * 32 * MiB, '3 x maxQueuedBytes 32 MiB'],
    run: flood(times(primary(Buffer.alloc(0))), { reads: false }),
  },
  {
    name: 'never reads while we send',
    settings: { connection: { maxQueuedBytes: 64 * MiB }, pours: true },
    ceiling: [2 * 64 * MiB, '2 x maxQueuedBytes 64 MiB'],
    run: async (attacker: Attacker): Promise<void> => {
      const socket = await attacker.open(stranger(0));
      socket.pause();
      await attacker.write(socket, SELECT);
    },
  },
];
