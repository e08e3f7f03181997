import { encodeFrame, HsmsPacket, HsmsPassiveConnection } from '../../src/index.js';
import { MemoryNetwork } from '../fuzz/session/memory-socket.js';
import { until } from '../support/until.js';

const CHUNKS = 40;
const FRAMES = 4000;

it('a peer that floods leaves the other connections their turns', async () => {
  const network = new MemoryNetwork();
  const connection = new HsmsPassiveConnection('', 5000, 0, undefined, { network, closeTimeout: 0.05 });
  let packets = 0;
  let counted = 0;
  const turns: number[] = [];
  const turn = (): void => {
    turns.push(packets - counted);
    counted = packets;
    if (packets < CHUNKS * FRAMES) setImmediate(turn);
  };
  connection.message.subscribe(() => packets++);
  await connection.enable();
  const socket = network.arrive();
  const frame = encodeFrame(HsmsPacket.linktestReq(1));
  for (let i = 0; i < CHUNKS; i++) socket.push(Buffer.alloc(FRAMES * frame.length, frame));
  setImmediate(turn);
  await until('all packets', () => counted === CHUNKS * FRAMES, 15_000);
  expect(Math.max(...turns)).toBeLessThan(1000);
  await connection.dispose();
}, 20_000);

it('a peer that sends large messages leaves them their turns as well', async () => {
  const network = new MemoryNetwork();
  const connection = new HsmsPassiveConnection('', 5000, 0, undefined, { network, closeTimeout: 0.05 });
  let packets = 0;
  let counted = 0;
  const turns: number[] = [];
  const turn = (): void => {
    turns.push(packets - counted);
    counted = packets;
    if (packets < 40) setImmediate(turn);
  };
  connection.message.subscribe(() => packets++);
  await connection.enable();
  const socket = network.arrive();
  const fields = { sessionId: 0, stream: 7, function: 3, systemBytes: 1 };
  const stream = Buffer.alloc(40 * 100_014, encodeFrame(HsmsPacket.data(fields, Buffer.alloc(100_000))));
  for (let at = 0; at < stream.length; at += 65_536) socket.push(stream.subarray(at, at + 65_536));
  setImmediate(turn);
  await until('all packets', () => counted === 40, 15_000);
  expect(Math.max(...turns)).toBeLessThan(5);
  await connection.dispose();
}, 20_000);

it('what was held back for a turn is not lost when the peer leaves', async () => {
  const network = new MemoryNetwork();
  const connection = new HsmsPassiveConnection('', 5000, 0, undefined, { network, closeTimeout: 0.05 });
  let packets = 0;
  const reasons: string[] = [];
  connection.message.subscribe(() => packets++);
  connection.closed.subscribe(({ reason }) => reasons.push(reason.kind));
  await connection.enable();
  const socket = network.arrive();
  const frame = encodeFrame(HsmsPacket.linktestReq(1));
  for (let i = 0; i < 3; i++) socket.push(Buffer.alloc(FRAMES * frame.length, frame));
  socket.push(null);
  await until('the close', () => reasons.length === 1);
  expect([packets, reasons]).toEqual([3 * FRAMES, ['remoteClosed']]);
  await connection.dispose();
});
