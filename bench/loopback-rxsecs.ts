import { once } from 'node:events';
import type { HsmsConnection, HsmsPacket } from '../src/index.js';
import { library } from './support/library.js';
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

const { HsmsActiveConnection, HsmsPacket: Packet, HsmsPassiveConnection } = library;
const HOST = '127.0.0.1';
const SESSION_ID = 1;

let connection: HsmsConnection | undefined;
let arrived = 0;

/** The peer: takes every packet from `message` and sends back what wants an answer. */
async function listen(): Promise<number> {
  const passive = new HsmsPassiveConnection(HOST, 0, SESSION_ID, undefined, { bindAddress: HOST });
  passive.message.subscribe(({ header, body }) => {
    arrived++;
    if (wantsEcho(header.function))
      void passive.send(packetOf(header.function + 1, header.systemBytes, body));
  });
  await passive.enable();
  return passive.boundAddress?.port ?? 0;
}

async function connect(port: number): Promise<void> {
  const active = new HsmsActiveConnection(HOST, port, SESSION_ID);
  connection = active;
  const established = once(active.events, 'established');
  await active.enable();
  await established;
}

function packetOf(functionCode: number, systemBytes: number, body: Buffer): HsmsPacket {
  return Packet.data({ sessionId: SESSION_ID, stream: STREAM, function: functionCode, systemBytes }, body);
}

function connected(): HsmsConnection {
  if (connection === undefined) throw new Error('connect first');
  return connection;
}

/** Sends `window` packets, awaits the last of them, and so on. */
async function oneWay(frameBytes: number, window: number, milliseconds: number): Promise<OneWay> {
  const active = connected();
  const body = Buffer.alloc(frameBytes - OVERHEAD, 0x5a);
  const begin = performance.now();
  const end = begin + milliseconds;
  let packets = 0;
  while (performance.now() < end) {
    for (let i = 1; i < window; i++) void active.send(packetOf(BULK, packets++, body));
    await active.send(packetOf(BULK, packets++, body));
  }
  const answered = once(active.events, 'message');
  await active.send(packetOf(ECHO, packets++, body));
  await answered;
  return oneWayResult(packets, begin);
}

function roundTrips(frameBytes: number, inFlight: number, milliseconds: number): Promise<RoundTrips> {
  const active = connected();
  const body = Buffer.alloc(frameBytes - OVERHEAD, 0x5a);
  return new Promise((resolve) => {
    const meter = new TripMeter(inFlight, milliseconds, (result) => {
      subscription.unsubscribe();
      resolve(result);
    });
    const subscription = active.message.subscribe(({ header }) => {
      if (meter.arrived(header.systemBytes)) void active.send(packetOf(ECHO, header.systemBytes, body));
    });
    for (let slot = 0; slot < inFlight; slot++) void active.send(packetOf(ECHO, slot, body));
  });
}

/** Packets that arrived since the last question. */
function received(): number {
  const count = arrived;
  arrived = 0;
  return count;
}

serve({ listen, connect, oneWay, roundTrips, received });
