import { A, B, L, S, U4, type Item, type SecsMessage } from '../../../secs2/index.js';
import { must, needs, type GemRule } from '../rule.js';
import type { HostProbe } from './host-probe.js';

/** Ids that no host knows. */
const NONE = 4_294_967_001;
/** Event reports that are open at once. */
const WINDOW = 16;

const ALARM = { set: 0x82, clear: 0x02 } as const;

/** S5F1 of an alarm of ours. */
const alarm = (alcd: number): Item => L(B(alcd), U4(NONE), A('rxsecs gem check'));

/** A primary without W-bit, which must not be answered; afterwards the host is there as before. */
async function wantsNoAnswer(host: HostProbe, message: SecsMessage): Promise<void> {
  host.forget();
  await host.session.send(message);
  const { stream } = message;
  await host.nothing(
    `${message.name} without W-bit is answered`,
    (one) => one.function % 2 === 0 && one.stream === stream,
  );
  await host.isAlive();
}

const rule = (id: string, what: string, run: (host: HostProbe) => Promise<void>): GemRule<HostProbe> => ({
  id,
  what,
  run,
});

/** What a tool tells its host (G-43, G-78, G-79, G-114 to G-119). */
export const TOLD_RULES: readonly GemRule<HostProbe>[] = [
  rule('G-110a', 'S1F13 of the tool is answered COMMACK 0', (host) =>
    host.wants(S(1, 13).w(host.identity), 0),
  ),
  rule('G-110b', 'S1F14 of a host is L,2 of COMMACK and L,0', async (host) => {
    const body = await host.body(S(1, 13).w(host.identity));
    const [, empty] = body.format === 'L' ? body.list : [];
    must(
      body.length === 2 && empty?.format === 'L' && empty.length === 0,
      `no L,2 with L,0: ${String(body)}`,
    );
  }),
  rule('G-110c', 'S1F1 is answered S1F2 with L,0', async (host) => {
    const body = await host.served(S(1, 1).w());
    must(body.format === 'L' && body.length === 0, `no L,0: ${String(body)}`);
  }),
  rule('G-110d', 'S2F17 is answered with the time', async (host) => {
    const body = await host.body(S(2, 17).w());
    const isTime = body.format === 'A' && /^(\d{12}|\d{14}|\d{16}|\d{4}-\d\d-\d\dT.*)$/.test(body.ascii);
    must(isTime, `no time: ${String(body)}`);
  }),
  rule('G-78', 'S2F25 gives the same bytes back', async (host) => {
    const bytes = B(0, 1, 0x7f, 0x80, 0xff);
    const body = await host.body(S(2, 25).w(bytes));
    must(body.equals(bytes), `other bytes: ${String(body)}`);
  }),
  rule('G-79', 'a host sends no stream 9, whatever it does not know', async (host) => {
    host.forget();
    const got = await host.ask(S(99, 1).w());
    must(typeof got !== 'string' || !got.startsWith('S9'), `S99F1 is answered by ${String(got)}`);
    await host.nothing('it comes', ({ stream }) => stream === 9);
  }),
  rule('G-114a', 'S6F11 is acknowledged: ACKC6 0', (host) => host.acknowledged(host.event())),
  rule('G-114b', 'S6F11 of an unknown CEID and RPTID is acknowledged: ACKC6 0', (host) =>
    host.acknowledged(S(6, 11).w(L(U4(0), U4(NONE), L(L(U4(NONE), L(U4(1), A('x'))))))),
  ),
  rule('G-114c', 'S6F11 without W-bit is not answered', (host) => {
    const { item } = host.event();
    return wantsNoAnswer(host, S(6, 11, item as Item));
  }),
  rule('G-114d', `${WINDOW} event reports at once are all acknowledged`, async (host) => {
    const all = Array.from({ length: WINDOW }, () => host.ask(host.event()));
    const wrong = (await Promise.all(all)).filter(
      (one) => typeof one === 'string' || one.item?.equals(B(0)) !== true,
    );
    must(wrong.length === 0, `${wrong.length} of them are not: ${String(wrong[0])}`);
  }),
  rule('G-115a', 'S5F1 is acknowledged: ACKC5 0', async (host) => {
    host.later('the alarm', () => host.mustAccept(S(5, 1).w(alarm(ALARM.clear)), 0));
    await host.acknowledged(S(5, 1).w(alarm(ALARM.set)));
  }),
  rule('G-115b', 'S5F1 without W-bit is not answered', (host) =>
    wantsNoAnswer(host, S(5, 1, alarm(ALARM.clear))),
  ),
  {
    ...rule('G-118a', 'S7F1 and S7F3 of the tool are answered: granted or refused', async (host) => {
      const ppid = A('RXSECS-CHECK');
      for (const message of [S(7, 1).w(L(ppid, U4(6))), S(7, 3).w(L(ppid, A('rxsecs')))]) {
        const reply = await host.ask(message);
        needs(reply !== 'aborted', `${message.name} is aborted: the host takes no process programs`);
        must(
          typeof reply !== 'string' && reply.function === message.function + 1,
          `${message.name}: ${String(reply)}`,
        );
        must(reply.item?.format === 'B' && reply.item.length === 1, `no code in ${String(reply)}`);
      }
    }),
    changes: 'offers the process program RXSECS-CHECK to the host',
  },
  rule('G-118b', 'S7F5 of the tool for an unknown PPID is answered L,0', async (host) => {
    const body = await host.body(S(7, 5).w(A('RXSECS-NO-SUCH-PP')));
    must(body.format === 'L' && body.length === 0, `no L,0: ${String(body)}`);
  }),
  rule('G-119a', 'S10F1 is acknowledged: ACKC10 0', (host) =>
    host.acknowledged(S(10, 1).w(L(B(0), A('rxsecs gem check')))),
  ),
  rule('G-119b', 'S6F1 is acknowledged: ACKC6 0', (host) =>
    host.acknowledged(S(6, 1).w(L(U4(NONE), U4(1), A('2026010100000000'), L(U4(1))))),
  ),
  rule('G-119c', 'S6F5 is granted: GRANT6 0', (host) =>
    host.acknowledged(S(6, 5).w(L(host.nextDataId(), U4(1000)))),
  ),
];
