/**
 * An equipment: waits for its host on a port, answers S1F1, S1F13 and S2F17, and sends an event report every second. It
 * listens on 127.0.0.1, unless another address of this machine is told.
 *
 *     npx ts-node examples/equipment.ts 5000 [BIND-ADDRESS]
 */
import { interval, takeUntil } from 'rxjs';
import { HsmsPassiveConnection, HsmsSession, type SecsPrimary } from 'rxsecs';
import { A, B, F8, L, S, U4 } from 'rxsecs/secs2';

const MODEL = L(A('ETCHER'), A('1.0.0'));

const [port = '5000', bindAddress = '127.0.0.1'] = process.argv.slice(2);
const connection = new HsmsPassiveConnection('', Number(port), 0, undefined, { bindAddress });
const session = new HsmsSession(connection, { entity: 'equipment', linktestInterval: 30 });

const clock = (): string => new Date().toISOString().replace(/\D/g, '').slice(0, 16);

async function answer(primary: SecsPrimary): Promise<void> {
  switch (primary.message.name) {
    case 'S1F1':
      return primary.reply(MODEL);
    case 'S1F13':
      return primary.reply(L(B(0), MODEL));
    case 'S2F17':
      return primary.reply(A(clock()));
    default:
      // The host asks for something else: function 0 aborts the transaction.
      return primary.wantsReply ? primary.reply(S(primary.message.stream, 0)) : undefined;
  }
}

session.primaries.subscribe((primary) => {
  console.log(`received ${primary.message.name}`);
  void answer(primary);
});

session.state.subscribe((state) => {
  console.log(`session ${state}`);
  if (state !== 'selected') return;
  interval(1000)
    .pipe(takeUntil(session.ended))
    .subscribe((count) => {
      const report = L(U4(count), U4(1001), L(L(U4(1), L(F8(20 + Math.random())))));
      session.request(S(6, 11).w(report)).then(
        () => console.log(`event ${count} acknowledged`),
        (error: Error) => console.log(`event ${count}: ${error.message}`),
      );
    });
});

process.once('SIGINT', () => void session.dispose({ within: 1 }));
void connection.enable().then(() => console.log(`listening on port ${connection.boundAddress?.port}`));
