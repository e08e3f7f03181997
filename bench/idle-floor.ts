import { once } from 'node:events';
import { connect as connectSocket, createServer, type AddressInfo, type Socket } from 'node:net';
import { addressOf, AT_A_TIME, holdings } from './support/idle-measure.js';
import { serve } from './support/worker.js';

const sockets: Socket[] = [];
let bytes = 0;

function keep(socket: Socket): void {
  socket.on('data', (chunk) => (bytes += chunk.length));
  sockets.push(socket);
}

async function listen(): Promise<number> {
  const server = createServer({ noDelay: true }, keep);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A bare port expects nobody in particular. */
function expect(): void {}

async function connect(port: number, from: number, to: number): Promise<void> {
  for (let begin = from; begin < to; begin += AT_A_TIME) {
    const waiting: Promise<unknown>[] = [];
    for (let index = begin; index < Math.min(to, begin + AT_A_TIME); index++) {
      const options = { host: '127.0.0.1', port, localAddress: addressOf(index), noDelay: true };
      const socket = connectSocket(options);
      keep(socket);
      waiting.push(once(socket, 'connect'));
    }
    await Promise.all(waiting);
  }
}

function count(): number {
  return bytes > 0 ? NaN : sockets.length;
}

serve({ listen, expect, connect, count, holdings });
