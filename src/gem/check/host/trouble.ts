import { S, type SecsMessage } from '../../../secs2/index.js';
import { needs, type GemRule } from '../rule.js';
import type { HostProbe } from './host-probe.js';

/** The longest T3 of hosts, in seconds. */
const LONGEST_T3 = 120;

/** Something that a host asks besides S1F13 and S1F1. */
const isRequest = ({ name, function: fn }: SecsMessage): boolean =>
  fn % 2 === 1 && name !== 'S1F13' && name !== 'S1F1';

/** A new link, on which the first request after S1F13 is not answered as it should be. */
async function firstRequest(host: HostProbe): Promise<SecsMessage> {
  host.restartLater();
  await host.newLink(() => host.definitions.clear());
  for (const name of host.first.requests.map((one) => one.name))
    if (name !== 'S1F13' && name !== 'S1F1') host.on(name, 'silence');
  await host.ask(S(1, 13).w(host.identity));
  const found = await host.next(isRequest);
  needs(found !== undefined, 'the host asks nothing');
  for (const name of host.first.requests.map((one) => one.name)) host.off(name);
  return found.message;
}

/** What a host must outlive (G-110, T-8). */
export const TROUBLE_RULES: readonly GemRule<HostProbe>[] = [
  {
    id: 'G-110j',
    what: 'a request that is not answered (T3) does not end the session',
    async run(host: HostProbe): Promise<void> {
      const { name } = await firstRequest(host);
      host.say(`${name} is left without an answer`);
      const end = host.clock.now() + LONGEST_T3 * 1000;
      // What it asks next shows that T3 has passed; a host that asks nothing more is waited for.
      await host.next(isRequest, LONGEST_T3);
      if (host.clock.now() < end) await host.pass(host.times.quiet);
      await host.isAlive();
    },
  },
  {
    id: 'G-110k',
    what: 'S9F5 for a request does not end the session',
    async run(host: HostProbe): Promise<void> {
      host.restartLater();
      const names = new Set(host.first.requests.map(({ name }) => name));
      needs(
        [...names].some((name) => name !== 'S1F13' && name !== 'S1F1'),
        'the host asks nothing',
      );
      await host.newLink(() => host.definitions.clear());
      let rest = 1;
      for (const name of names) {
        if (name === 'S1F13' || name === 'S1F1') continue;
        host.on(name, (message) => (rest-- > 0 ? 'S9F5' : host.asEver(message)));
      }
      await host.establish();
      await host.isAlive();
    },
  },
  {
    id: 'G-110l',
    what: 'a tool that aborts everything (OFF-LINE) does not end the session',
    async run(host: HostProbe): Promise<void> {
      host.restartLater();
      const names = new Set(host.first.requests.map(({ name }) => name));
      await host.newLink(() => host.definitions.clear());
      for (const name of names) if (name !== 'S1F13') host.on(name, 'abort');
      await host.establish();
      await host.isAlive();
    },
  },
];
