import type { HsmsMultiPassiveServer, SecsPrimary, HsmsSession } from '../../../src/index.js';
import type { VictimSettings } from './attacks.js';
import { rxsecs, secs2 } from './library.js';

/**
 * The process under attack: one port with expected, well-behaved peers and with strangers, each with a session. The
 * library is the built one.
 */
const settings = JSON.parse(process.argv[2] ?? '{}') as VictimSettings;
const closes: Record<string, number> = {};
const refusals: Record<string, number> = {};
let queueFull = 0;

const { A, L, S, U4 } = secs2;
const MODEL = L(A('MDLN'), A('1.0.0'));
const EVENT = S(6, 11, L(U4(1), A('x'.repeat(200)), L(U4(2), U4([1, 2, 3, 4, 5]))));

function answer(primary: SecsPrimary): void {
  // What a careless program does: it looks at everything, and awaits nothing.
  if (primary.message.itemError === undefined) void primary.message.item?.length;
  if (primary.wantsReply && settings.answers !== false) void primary.reply(MODEL);
}

/** Sends as fast as it can, and notes that it is told so when the queue is full. */
function pour(session: HsmsSession): void {
  if (session.currentState !== 'selected') return;
  for (let i = 0; i < 2000; i++) {
    session.send(EVENT).catch((error: { code?: string }) => {
      if (error.code === 'HSMS_QUEUE_FULL') queueFull++;
    });
  }
  setImmediate(() => pour(session));
}

const server: HsmsMultiPassiveServer = new rxsecs.HsmsMultiPassiveServer(0, {
  bindAddress: '0.0.0.0',
  ...settings.connection,
  acceptUnknown: () => ({
    sessionId: 0,
    onCreated: (connection) => {
      const session = new rxsecs.HsmsSession(connection, settings.session ?? {});
      session.primaries.subscribe(answer);
      if (settings.pours === true) session.state.subscribe((state) => state === 'selected' && pour(session));
    },
  }),
});
for (const address of settings.expected) {
  const session = new rxsecs.HsmsSession(server.createConnection(address, 0));
  session.primaries.subscribe((primary) => void primary.reply(MODEL));
}
server.closed.subscribe(({ reason }) => (closes[reason.kind] = (closes[reason.kind] ?? 0) + 1));
server.notices.subscribe(({ notice }) => {
  if (notice.kind === 'refused') refusals[notice.reason] = (refusals[notice.reason] ?? 0) + 1;
});

process.on('message', () => {
  const strangers = server.connections.length - settings.expected.length;
  process.send?.({ closes, refusals, queueFull, strangers });
});
process.on('disconnect', () => process.exit());
void server.enable().then(() => process.send?.({ port: server.boundAddress?.port }));
