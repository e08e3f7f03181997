/**
 * A secs4js host (active) or equipment (passive): tells on standard output, one JSON object a line, which frames cross
 * its socket and which states it enters, and does what a JSON line on standard input asks for.
 * Usage: secs4js.mjs host|equipment PORT
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const installed = createRequire(new URL('../../.build/secs4js/', import.meta.url));
const { A, B, L, HsmsActiveCommunicator, HsmsPassiveCommunicator, SecsMessage } = await import(
  pathToFileURL(installed.resolve('secs4js'))
);

const DEVICE_ID = 10;
const ROUND_TRIPS = 1000;

const [role, port] = process.argv.slice(2);
const isEquip = role === 'equipment';
const model = isEquip ? L(A('secs4js'), A('0.4.7')) : L();

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Splits the bytes of a frame, length prefix included. */
function fields(frame) {
  return {
    sessionId: frame.readUInt16BE(4),
    byte2: frame[6],
    byte3: frame[7],
    pType: frame[8],
    sType: frame[9],
    systemBytes: frame.readUInt32BE(10),
    body: frame.subarray(14).toString('hex'),
  };
}

/** Tells of every frame in the bytes given to the function it returns. */
function frameTeller(kind) {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
      const end = 4 + rest.readUInt32BE();
      tell({ kind, ...fields(rest.subarray(0, end)) });
      rest = rest.subarray(end);
    }
  };
}

/** Tells of the frames of a socket: called before secs4js listens to it, so that the lines are in the order of the wire. */
function tap(socket) {
  socket.on('data', frameTeller('received'));
  const tellSent = frameTeller('sent');
  const write = socket.write.bind(socket);
  socket.write = (bytes, ...rest) => {
    tellSent(bytes);
    return write(bytes, ...rest);
  };
}

class Host extends HsmsActiveCommunicator {
  handleSocketEvents(socket) {
    tap(socket);
    super.handleSocketEvents(socket);
  }
}

class Equipment extends HsmsPassiveCommunicator {
  async handleIncomingSocket(socket) {
    tap(socket);
    await super.handleIncomingSocket(socket);
  }
}

const Communicator = isEquip ? Equipment : Host;
const peer = new Communicator({
  ip: '127.0.0.1',
  port: Number(port),
  deviceId: DEVICE_ID,
  isEquip,
  name: role,
  timeoutT5: 1,
  timeoutT6: 2,
  timeoutT7: 3,
  timeoutRebind: 1,
  // Its own linktests only on command.
  linkTestInterval: 3_600_000,
  log: { enabled: false },
});

const states = { connected: 'notSelected', deselected: 'notSelected', selected: 'selected' };
for (const [event, name] of Object.entries({ ...states, disconnected: 'notConnected' })) {
  peer.on(event, () => tell({ kind: 'state', name }));
}
peer.on('error', (error) => console.error(error.message));
peer.on('message', (message) => {
  if (!message.wBit || message.stream !== 1) return;
  if (message.func === 1) void peer.reply(message, 1, 2, model);
  if (message.func === 13) void peer.reply(message, 1, 14, L(B(Buffer.of(0)), model));
});

const commands = {
  s1f1: () => peer.send(1, 1, true),
  s1f13: () => peer.send(1, 13, true, model),
  async many() {
    let reply;
    for (let i = 0; i < ROUND_TRIPS; i++) reply = await peer.send(1, 1, true);
    return reply;
  },
  linktest: () => peer.sendLinkTestReq(),
  select: () => peer.sendSelectReq(),
  separate: () => peer.sendSeparateReq(),
};

async function run(name) {
  const result = { kind: 'result', name, reply: null };
  try {
    const reply = await commands[name]();
    if (reply instanceof SecsMessage) result.reply = fields(reply.toBuffer());
  } catch (error) {
    result.error = error.message;
  }
  tell(result);
}

// An active peer's open() ends with its first connection.
const opened = peer.open();
if (isEquip) await opened;
tell({ kind: 'ready' });
for await (const line of createInterface({ input: process.stdin })) void run(JSON.parse(line).do);
// Standard input ends when the suite is gone.
process.exit(0);
