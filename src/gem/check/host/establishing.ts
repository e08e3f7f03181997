import { B, L, S } from '../../../secs2/index.js';
import { codeIn } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import type { HostProbe } from './host-probe.js';

/** How long a host may take to send S1F13 again: 10 s is usual, 30 s are seen. */
const AGAIN = 30;

/** How communications and ON-LINE begin (G-13, G-110). */
export const ESTABLISHING_RULES: readonly GemRule<HostProbe>[] = [
  {
    id: 'G-110e',
    what: 'S1F13 of both sides that cross are both answered, and a late S1F14 does no harm',
    async run(host: HostProbe): Promise<void> {
      host.restartLater();
      host.on('S1F13', 'silence');
      await host.newLink();
      const own = await host.next('S1F13');
      const body = await host.served(S(1, 13).w(host.identity));
      must(codeIn(body) === 0, `S1F13 is answered COMMACK ${codeIn(body)} while the host's own is open`);
      needs(own !== undefined, 'the host sends no S1F13 of its own');
      own.answer(L(B(0), host.identity));
      await host.pass(host.times.quiet / 2);
      await host.isAlive();
    },
  },
  {
    id: 'G-110f',
    what: 'S1F13 that was denied (COMMACK 1) is sent again',
    async run(host: HostProbe): Promise<void> {
      host.restartLater();
      host.on('S1F13', L(B(1), host.identity));
      await host.newLink();
      needs((await host.next('S1F13')) !== undefined, 'the host sends no S1F13 of its own');
      await host.comes('S1F13 again', 'S1F13', AGAIN + host.times.patience);
    },
  },
  {
    id: 'G-110g',
    what: 'ONLACK 1 is the turn of the operator: the host stays, and answers S1F1',
    async run(host: HostProbe): Promise<void> {
      host.restartLater();
      host.on('S1F17', B(1));
      await host.newLink(() => host.definitions.clear());
      await host.ask(S(1, 13).w(host.identity));
      needs((await host.next('S1F17')) !== undefined, 'the host asks for no ON-LINE (S1F17)');
      await host.pass(host.times.quiet);
      await host.isAlive();
    },
  },
];
