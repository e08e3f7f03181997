import { collectGarbage } from './allocation.js';

/** What a process holds. */
export interface Holdings {
  readonly memory: Readonly<Record<'rss' | 'heapUsed' | 'external' | 'arrayBuffers', number>>;
  /** Active resources that keep the process alive, counted by type. */
  readonly resources: Readonly<Record<string, number>>;
}

/** Looks at this process once what is only waiting to be collected is gone. */
export async function holdings(): Promise<Holdings> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  collectGarbage();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const type of process.getActiveResourcesInfo()) resources[type] = (resources[type] ?? 0) + 1;
  return { memory: { rss, heapUsed, external, arrayBuffers }, resources };
}

/** The address of the peer with this number: each has one of its own, all on the loopback interface. */
export function addressOf(index: number): string {
  return `127.1.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;
}

/** How many connections are opened at a time: fewer than a listening port's backlog. */
export const AT_A_TIME = 100;
