/**
 * A secs4js host or equipment on SECS-I: tells on standard output, one JSON object a line, which primaries it got, and does
 * what a JSON line on standard input asks for. Usage: secs4js_line.mjs host|equipment dial|listen|serial PORT|PATH
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const installed = createRequire(new URL('../../.build/secs4js/', import.meta.url));
const secs4js = await import(pathToFileURL(installed.resolve('secs4js')));
const { A, B, L } = secs4js;

const [role, transport, where] = process.argv.slice(2);
const isEquip = role === 'equipment';
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

// B-70: isMaster is false by default, for an equipment too.
const shared = { deviceId: 10, isEquip, isMaster: isEquip, name: role, log: { enabled: false } };
const peer =
  transport === 'serial'
    ? new secs4js.Secs1SerialCommunicator({ ...shared, path: where, baudRate: 9600 })
    : new secs4js[
        transport === 'dial' ? 'Secs1OnTcpIpActiveCommunicator' : 'Secs1OnTcpIpPassiveCommunicator'
      ]({
        ...shared,
        ip: '127.0.0.1',
        port: Number(where),
      });

peer.on('error', (error) => console.error(error.message));
peer.on('message', (message) => {
  if (message.func % 2 === 0) return;
  const length = message.body === null ? 0 : message.body.toBuffer().length;
  tell({ kind: 'got', stream: message.stream, function: message.func, length });
  if (message.wBit) {
    void peer.reply(message, message.stream, message.func + 1, message.stream === 7 ? B(Buffer.of(0)) : L());
  }
});

const commands = {
  s1f1: () => peer.send(1, 1, true, null),
  big: (bytes) => peer.send(7, 3, true, L(A('recipe'), B(Buffer.alloc(bytes)))),
};

// Over TCP it resolves with the connection; what a serial port gets before it is open is lost.
const opened = peer.open();
if (transport === 'serial') await opened;
tell({ kind: 'ready' });
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { do: name, bytes } = JSON.parse(line);
    commands[name](bytes).then(
      (reply) => tell({ kind: 'result', name, function: reply.func }),
      (error) => tell({ kind: 'result', name, error: error.message }),
    );
  })
  .on('close', () => process.exit(0));
