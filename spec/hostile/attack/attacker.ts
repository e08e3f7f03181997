import { connect, type Socket } from 'node:net';
import { attacks, type Attacker } from './attacks.js';

/** The hostile process: runs one attack by name for so many seconds, with bare sockets. */
const [name, port, seconds, scale] = [process.argv[2] ?? '', ...process.argv.slice(3).map(Number)];
const attack = attacks.find((one) => one.name === name);
const deadline = performance.now() + (seconds ?? 1) * 1000;
const sockets = new Set<Socket>();
let connects = 0;
let written = 0;
let failed = 0;

const attacker: Attacker = {
  scale: scale ?? 1,
  get over() {
    return performance.now() > deadline;
  },
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  open: (from) =>
    new Promise((resolve) => {
      const socket = connect({
        host: '127.0.0.1',
        port: port ?? 0,
        localAddress: from,
        allowHalfOpen: false,
      });
      sockets.add(socket);
      socket.once('connect', () => (connects++, resolve(socket)));
      socket.on('error', () => failed++);
      socket.on('close', () => (sockets.delete(socket), resolve(socket)));
      socket.resume();
    }),
  write: (socket, bytes) =>
    new Promise((resolve) => {
      if (!socket.writable) return void resolve(false);
      const done = (): void => resolve(socket.writable);
      socket.once('close', done);
      socket.write(bytes, (error) => {
        socket.off('close', done);
        if (!error) written += bytes.length;
        done();
      });
      // A victim that reads no more must not end the attack late.
      setTimeout(done, Math.max(0, deadline - performance.now())).unref();
    }),
};

void attack?.run(attacker).then(async () => {
  while (!attacker.over) await attacker.pause(50);
  const { length: held } = [...sockets].filter((socket) => socket.readyState === 'open');
  process.send?.({ connects, held, writtenMiB: written / 2 ** 20, failed }, () => process.exit());
});
