import { S, type Item } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { must, needs, type GemRule } from '../rule.js';
import type { HostProbe } from './host-probe.js';

/** What must have a reply, whatever the host makes of it. */
const WANTS_REPLY =
  /^(S1F(1|3|11|13|15|17|21|23)|S2F(13|15|17|23|29|31|33|35|37|41|43|45|47|49)|S5F[57]|S6F(15|19|23)|S7F(1|3|5|17|19))$/;

/** A VID on which some of the events that the host wants depend, and others do not. */
function vidOfSome(host: HostProbe): string | undefined {
  const users = new Map<string, Set<string>>();
  for (const ceid of host.definitions.linked) {
    for (const { vids } of host.definitions.reportsOf(ceid))
      for (const vid of vids) {
        const key = String(readId(vid));
        users.set(key, (users.get(key) ?? new Set<string>()).add(ceid));
      }
  }
  const enabled = host.first.enabled.length;
  return [...users].find(([, ceids]) => ceids.size < enabled)?.[0];
}

const uses = (host: HostProbe, ceid: string, vid: string): boolean =>
  host.definitions.reportsOf(ceid).some(({ vids }) => vids.some((one: Item) => String(readId(one)) === vid));

/** The set-up of a host (G-110, G-112, G-113, G-116). */
export const SET_UP_RULES: readonly GemRule<HostProbe>[] = [
  {
    id: 'G-110h',
    what: 'events that are linked are enabled afterwards, for linking disables them',
    run(host: HostProbe): Promise<void> {
      const { linked, silenced, trace } = host.first;
      host.show(trace);
      needs(linked.length > 0, 'the host has linked no event');
      must(silenced.length === 0, `CEID ${silenced.join(', ')} is enabled first, and linked then`);
      return Promise.resolve();
    },
  },
  {
    id: 'G-110i',
    what: 'what must have a reply is sent with the W-bit',
    run(host: HostProbe): Promise<void> {
      const wrong = host.first.requests.filter(
        ({ name, message }) => WANTS_REPLY.test(name) && !message.wBit,
      );
      host.show(host.first.trace);
      needs(host.first.requests.length > 0, 'the host has asked nothing');
      must(wrong.length === 0, `${[...new Set(wrong.map(({ name }) => name))].join(', ')} comes without`);
      return Promise.resolve();
    },
  },
  {
    id: 'G-112a',
    what: 'a tool that has restarted and lost its definitions is set up again',
    async run(host: HostProbe): Promise<void> {
      host.needsSetUp();
      await host.restart();
      host.mustBeSetUp();
    },
  },
  {
    id: 'G-112b',
    what: 'a set-up that a lost link has cut is made again, whole',
    async run(host: HostProbe): Promise<void> {
      host.needsSetUp();
      await host.newLink(() => host.definitions.clear());
      host.on('S2F33', 'silence');
      await host.ask(S(1, 13).w(host.identity));
      const define = await host.next('S2F33');
      needs(define !== undefined, 'the host defines no reports');
      host.off('S2F33');
      await host.restart();
      host.mustBeSetUp();
    },
  },
  {
    id: 'G-112c',
    what: 'S1F1 of the tool is a heartbeat: nothing is set up again',
    async run(host: HostProbe): Promise<void> {
      host.needsSetUp();
      host.forget();
      await host.isAlive();
      await host.nothing('it is', ({ name }) => /^S2F3[357]$/.test(name));
    },
  },
  {
    id: 'G-113a',
    what: 'definitions that the tool has kept (DRACK 3, LRACK 3) do not stop the set-up',
    async run(host: HostProbe): Promise<void> {
      host.needsSetUp();
      host.restartLater();
      await host.newLink(() => host.first.restore());
      await host.establish();
      host.mustBeSetUp();
      for (const ceid of host.first.linked) {
        const isLinked = host.definitions.linked.includes(ceid);
        must(isLinked, `CEID ${ceid} has no report any more`);
      }
    },
  },
  {
    id: 'G-113b',
    what: 'a variable that the tool does not have (DRACK 4) costs its own reports alone',
    async run(host: HostProbe): Promise<void> {
      host.needsSetUp();
      const vid = vidOfSome(host);
      needs(vid !== undefined, 'all events have the same variables');
      const others = host.first.enabled.filter((ceid) => !uses(host, ceid, vid));
      host.restartLater();
      await host.newLink(() => {
        host.definitions.clear();
        host.definitions.unknownVid = vid;
      });
      await host.establish();
      const missing = others.filter((ceid) => !host.definitions.enabled.includes(ceid));
      must(
        missing.length === 0,
        `CEID ${missing.join(', ')} is not enabled, though it does not use VID ${vid}`,
      );
    },
  },
  {
    id: 'G-116',
    what: 'the spool is fetched (S6F23) before reports change',
    async run(host: HostProbe): Promise<void> {
      host.restartLater();
      await host.newLink(() => {
        host.spooled = 3;
      });
      await host.establish();
      const names = host.requests.map(({ name }) => name);
      const [spool, define] = [names.indexOf('S6F23'), names.findIndex((name) => /^S2F3[35]$/.test(name))];
      needs(spool >= 0, 'the host does not ask for the spool (S6F23)');
      must(define < 0 || spool < define, `${names[define] ?? ''} comes before S6F23`);
      must(host.spooled === 0, 'the spool is not fetched whole');
    },
  },
];
