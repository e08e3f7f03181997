import { once } from 'node:events';
import { connect as connectSocket, createServer, type AddressInfo, type Socket } from 'node:net';
import { frameWriter, readFrames, type FrameWriter, type OnFrame } from './support/bare-frames.js';
import {
  BULK,
  ECHO,
  oneWayResult,
  OVERHEAD,
  STREAM,
  TripMeter,
  wantsEcho,
  type OneWay,
  type RoundTrips,
} from './support/traffic.js';
import { serve } from './support/worker.js';

const HOST = '127.0.0.1';
const SESSION_ID = 1;
const HEADER = 10;

let socket: Socket | undefined;
let writer: FrameWriter | undefined;
/** What is done with the echoes that arrive at the sending side. */
let onEcho: OnFrame = () => {};
let arrived = 0;
/** The packet that arrived last, kept so that making it cannot be optimised away. */
let last: object | null = {};

/**
 * The peer: looks at every frame in place and sends back what wants an answer, once for each chunk.
 * @param makePackets 1 to make of every frame an object that outlives its chunk, as a program that keeps messages must
 */
async function listen(makePackets: number): Promise<number> {
  const server = createServer({ noDelay: true }, (accepted) => {
    const out = frameWriter(accepted);
    readFrames(
      accepted,
      (bytes, start, end) => {
        arrived++;
        if (makePackets === 1) last = packetOf(bytes, start, end);
        const functionCode = bytes[start + 3] as number;
        const systemBytes = bytes.readUInt32BE(start + 6);
        if (wantsEcho(functionCode)) {
          out.append(SESSION_ID, STREAM, functionCode + 1, systemBytes, bytes.subarray(start + HEADER, end));
        }
      },
      () => out.flush(),
    );
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function packetOf(bytes: Buffer, start: number, end: number): object {
  const body = Buffer.allocUnsafe(end - start - HEADER);
  bytes.copy(body, 0, start + HEADER, end);
  return {
    sessionId: bytes.readUInt16BE(start),
    byte2: bytes[start + 2],
    byte3: bytes[start + 3],
    pType: bytes[start + 4],
    sType: bytes[start + 5],
    systemBytes: bytes.readUInt32BE(start + 6),
    body,
  };
}

async function connect(port: number): Promise<void> {
  const connecting = connectSocket({ port, host: HOST, noDelay: true });
  socket = connecting;
  const out = frameWriter(connecting);
  writer = out;
  readFrames(
    connecting,
    (bytes, start, end) => onEcho(bytes, start, end),
    () => out.flush(),
  );
  await once(connecting, 'connect');
}

function connected(): { socket: Socket; writer: FrameWriter } {
  if (socket === undefined || writer === undefined) throw new Error('connect first');
  return { socket, writer };
}

/** Writes `window` frames as one, then the next ones on the next tick or when the socket drains. */
function oneWay(frameBytes: number, window: number, milliseconds: number): Promise<OneWay> {
  const { socket: out, writer: frames } = connected();
  const body = Buffer.alloc(frameBytes - OVERHEAD, 0x5a);
  return new Promise((resolve) => {
    const begin = performance.now();
    const end = begin + milliseconds;
    let packets = 0;
    const burst = (): void => {
      if (performance.now() >= end) {
        out.off('drain', burst);
        frames.append(SESSION_ID, STREAM, ECHO, packets++, body);
        frames.flush();
        return;
      }
      for (let i = 0; i < window; i++) frames.append(SESSION_ID, STREAM, BULK, packets++, body);
      if (frames.flush()) process.nextTick(burst);
    };
    onEcho = () => resolve(oneWayResult(packets, begin));
    out.on('drain', burst);
    burst();
  });
}

function roundTrips(frameBytes: number, inFlight: number, milliseconds: number): Promise<RoundTrips> {
  const { writer: frames } = connected();
  const body = Buffer.alloc(frameBytes - OVERHEAD, 0x5a);
  return new Promise((resolve) => {
    const meter = new TripMeter(inFlight, milliseconds, resolve);
    onEcho = (bytes, start) => {
      const slot = bytes.readUInt32BE(start + 6);
      if (meter.arrived(slot)) frames.append(SESSION_ID, STREAM, ECHO, slot, body);
    };
    for (let slot = 0; slot < inFlight; slot++) frames.append(SESSION_ID, STREAM, ECHO, slot, body);
    frames.flush();
  });
}

/** Frames that arrived since the last question. */
function received(): number {
  const count = arrived;
  arrived = 0;
  if (count > 0 && last === null) throw new Error('no packet was made');
  return count;
}

serve({ listen, connect, oneWay, roundTrips, received });
