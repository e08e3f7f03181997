/**
 * A host: connects to an equipment, establishes communications, asks who it is and what time it has, and acknowledges
 * its event reports until Ctrl-C.
 *
 *     npx ts-node examples/host.ts 127.0.0.1 5000
 */
import { describeCloseReason, describeHint, HsmsActiveConnection, HsmsSession } from 'rxsecs';
import { B, L, S } from 'rxsecs/secs2';

const [address = '127.0.0.1', port = '5000'] = process.argv.slice(2);
const connection = new HsmsActiveConnection(address, Number(port), 0);
const session = new HsmsSession(connection, { linktestInterval: 30 });

session.primaries.subscribe((primary) => {
  console.log(`received ${String(primary.message)}`);
  const { name, stream } = primary.message;
  if (name === 'S6F11') void primary.reply(B(0));
  else if (name === 'S1F13') void primary.reply(L(B(0), L()));
  else if (primary.wantsReply) void primary.reply(S(stream, 0));
});
session.state.subscribe((state) => console.log(`session ${state}`));
connection.closed.subscribe(({ reason, hint }) => {
  console.log(`closed: ${describeCloseReason(reason)}${hint ? `. ${describeHint(hint)}` : ''}`);
});
connection.notices.subscribe((notice) => {
  if (notice.kind === 'connectFailed') console.log(notice.error.message);
});

async function greet(): Promise<void> {
  await session.selected();
  for (const request of [S(1, 13).w(L()), S(1, 1).w(), S(2, 17).w()]) {
    const reply = await session.request(request, { t3: 10 });
    console.log(`${request.name} was answered by ${String(reply)}`);
  }
}

process.once('SIGINT', () => void session.dispose({ within: 1 }));
void connection.enable();
greet().catch((error: Error) => console.log(error.message));
