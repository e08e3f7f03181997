import { once } from 'node:events';
import type { HsmsActiveConnection, HsmsMultiPassiveServer } from '../src/index.js';
import { addressOf, AT_A_TIME, holdings } from './support/idle-measure.js';
import { library } from './support/library.js';
import { serve } from './support/worker.js';

let server: HsmsMultiPassiveServer | undefined;
const actives: HsmsActiveConnection[] = [];
let established = 0;
let messages = 0;

async function listen(): Promise<number> {
  server = new library.HsmsMultiPassiveServer(0, { bindAddress: '127.0.0.1', maxUnselected: Infinity });
  await server.enable();
  return server.boundAddress?.port ?? 0;
}

/** Makes the passive side's connections `from` to `to`, each with subscribers as an application has. */
function expect(from: number, to: number): void {
  for (let index = from; index < to; index++) {
    const connection = server?.createConnection(addressOf(index), 1);
    connection?.established.subscribe(() => established++);
    connection?.message.subscribe(() => messages++);
  }
}

/** Connects the active side's connections `from` to `to`. */
async function connect(port: number, from: number, to: number): Promise<void> {
  for (let begin = from; begin < to; begin += AT_A_TIME) {
    const waiting: Promise<unknown>[] = [];
    for (let index = begin; index < Math.min(to, begin + AT_A_TIME); index++) {
      const options = { bindAddress: addressOf(index) };
      const active = new library.HsmsActiveConnection('127.0.0.1', port, 1, undefined, options);
      active.message.subscribe(() => messages++);
      actives.push(active);
      waiting.push(once(active.events, 'established'), active.enable());
    }
    await Promise.all(waiting);
  }
}

/** How many connections of this process are up. */
function count(): number {
  const up = actives.filter(({ currentState }) => currentState === 'connected').length;
  return messages > 0 ? NaN : Math.max(up, established);
}

serve({ listen, expect, connect, count, holdings });
