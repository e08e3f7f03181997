import { filter, firstValueFrom } from 'rxjs';
import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type SecsPrimary,
} from '../../src/index.js';
import { systemClock } from '../../src/clock.js';
import { S } from '../../src/secs2/index.js';
import { createTestNetwork } from '../../src/testing/index.js';

/** A host that is selected, and its tool, which answers S1F1. */
interface Pair {
  readonly host: HsmsSession;
  readonly tool: HsmsSession;
}

let pair: Promise<Pair> | undefined;

async function open(): Promise<Pair> {
  const { options } = createTestNetwork({ clock: systemClock });
  const tool = new HsmsSession(new HsmsPassiveConnection('any', 5000, 0, undefined, options), {
    entity: 'equipment',
    autoS9: false,
  });
  tool.primaries.subscribe((asked) => {
    const { stream, function: fn } = asked.message;
    if (asked.wantsReply && stream === 1 && fn === 1) void asked.reply();
  });
  const host = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options));
  await tool.connection.enable();
  await host.connection.enable();
  await host.selected();
  return { host, tool };
}

/** A session that is selected; the same one each time. */
export async function selected(): Promise<HsmsSession> {
  return (await (pair ??= open())).host;
}

/** A primary message of the host that is not answered yet. */
export async function primary(): Promise<SecsPrimary> {
  const { host, tool } = await (pair ??= open());
  const asked = firstValueFrom(tool.primaries.pipe(filter(({ message }) => message.name === 'S1F3')));
  void host.request(S(1, 3), { t3: 0.001 }).catch(() => {});
  return asked;
}

/** Ends both. */
export async function closePair(): Promise<void> {
  const open = await pair;
  pair = undefined;
  await open?.host.connection.dispose();
  await open?.tool.connection.dispose();
}
