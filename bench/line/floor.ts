import { connect, createServer, type Socket } from 'node:net';
import { answer, repeated } from './answer.js';
import { FloorEnd, type OnMessage } from './floor-end.js';

// The floor on a line: host or equipment on TCP, or both in memory. Usage: floor.js host|equipment PORT
const [role, port] = process.argv.slice(2);

const S1F2 = Buffer.from('0102' + '41044d444c4e' + '4105312e302e30', 'hex');
const S7F4 = Buffer.from('210100', 'hex');
const EVENT = Buffer.alloc(100, 0x21);

/** The body of S7F3: a name and that many bytes. */
function recipe(bytes: number): Buffer {
  const head = Buffer.from('01024106726563697065' + '23000000', 'hex');
  head.writeUIntBE(bytes, head.length - 3, 3);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

function onTcp(socket: Socket, onMessage: OnMessage): FloorEnd {
  socket.setNoDelay(true);
  const end = new FloorEnd(role === 'equipment', (bytes) => socket.write(bytes), onMessage);
  socket.on('data', (chunk: Buffer) => end.receive(chunk));
  socket.on('error', () => process.exit(0));
  return end;
}

let socket: Socket | undefined;
let answered: (body: Buffer) => void = () => {};

if (role === 'equipment') {
  createServer((accepted) => {
    const end = onTcp(accepted, (fn) => {
      if (fn === 1) end.send(1, 2, false, S1F2);
      else end.send(7, 4, false, S7F4);
    });
  }).listen(Number(port), '127.0.0.1');
}

const connected = (): FloorEnd => {
  socket = connect(Number(port), '127.0.0.1');
  return onTcp(socket, (_fn, body) => answered(body));
};
let host: FloorEnd | undefined;

function ask(stream: number, fn: number, body: Buffer, expected: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    answered = (got) => (got.equals(expected) ? resolve() : reject(new Error('another answer')));
    host?.send(stream, fn, true, body);
  });
}

answer({
  up: () =>
    new Promise<void>((resolve) => {
      if (role === 'equipment') return resolve();
      host = connected();
      socket?.once('connect', () => resolve());
    }),
  trips: (milliseconds = 0) => repeated(milliseconds, () => ask(1, 1, Buffer.alloc(0), S1F2)),
  bulk: (milliseconds = 0, bytes = 0) => {
    const body = recipe(bytes);
    return repeated(milliseconds, () => ask(7, 3, body, S7F4));
  },
  memory: (milliseconds = 0) => {
    let got = 0;
    const ends: FloorEnd[] = [];
    const to = (index: number) => (bytes: Buffer) => queueMicrotask(() => ends[index]?.receive(bytes));
    ends.push(new FloorEnd(false, to(1), () => {}));
    ends.push(new FloorEnd(true, to(0), () => got++));
    const one = (): Promise<void> => new Promise((sent) => ends[0]?.send(6, 11, false, EVENT, sent));
    return repeated(milliseconds, one).then((done) => {
      if (got !== done.count) throw new Error(`${got} of ${done.count} came`);
      return done;
    });
  },
});
