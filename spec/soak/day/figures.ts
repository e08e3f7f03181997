import type { EventEmitter } from 'node:events';
import { getEventListeners } from 'node:events';
import * as v8 from 'node:v8';
import type { Allowed, Figures } from '../flatness.js';
import type { DayWorld, Part } from './world.js';

/** What is looked at when the factory is at rest. */
export type DayFigures = Figures & {
  readonly heap: number;
  /** Objects and functions that are alive; 0 where Node cannot count them. */
  readonly objects: number;
  readonly arrayBuffers: number;
  /** Timers that are set. */
  readonly timers: number;
  /** Listeners on every emitter of the library, and on the signal that all requests share. */
  readonly listeners: number;
  readonly requests: number;
  readonly queued: number;
  /** TCP connections. */
  readonly links: number;
};

/** How a day is judged: by how much each figure may grow, and which part of the day does not count. */
export interface Judgement {
  readonly allowed: Allowed;
  readonly warmUp: number;
  /** Whether every end that a connection may have has to have been. */
  readonly isWhole: boolean;
}

const COUNTED = { timers: 1.5, listeners: 6, requests: 0.5, queued: 0.5, links: 0.5 } as const;

/** A whole day: 18 hours count, with 11,000 connects. An object of 200 bytes kept for each is 40 times what is allowed. */
const WHOLE: Judgement = {
  allowed: { ...COUNTED, heap: 256 * 2 ** 10, objects: 250, arrayBuffers: 64 * 2 ** 10 },
  warmUp: 0.25,
  isWhole: true,
};

/**
 * Some hours: code that runs for the first time is still compiled, and the tables of the engine still grow. What is kept of
 * each message or request is noticed, and each timer and listener; what is kept of each connect only by a whole day.
 */
const SHORT: Judgement = {
  allowed: { ...COUNTED, timers: 4, heap: 2 ** 20, objects: 1000, arrayBuffers: 64 * 2 ** 10 },
  warmUp: 0.5,
  isWhole: false,
};

export function judgementFor(hours: number): Judgement {
  return hours < 12 ? SHORT : WHOLE;
}

const queryObjects = (
  v8 as unknown as {
    queryObjects?: (constructor: unknown, options: { readonly format: 'count' }) => number;
  }
).queryObjects;

/** Objects and functions that are alive; 0 where Node cannot count them. */
export function countObjects(): number {
  return queryObjects?.(Object, { format: 'count' }) ?? 0;
}

/** Counts what there is. Without `memory` the three figures of memory are 0: they say something only where the process is alone. */
export function figuresOf(
  world: DayWorld,
  parts: readonly Part[],
  seconds: number,
  memory: boolean,
): DayFigures {
  const sessions = parts.flatMap((part) => part.sessions());
  const queues = sessions.map(({ connection }) => (connection as { queued?: { packets: number } }).queued);
  const emitters: EventEmitter[] = parts.flatMap((part) => part.emitters());
  return {
    seconds,
    ...memoryFigures(memory),
    timers: world.clock.pending.filter(({ name }) => name !== 'day').length,
    listeners:
      emitters.reduce((sum, emitter) => sum + listenersOf(emitter), 0) +
      getEventListeners(world.always, 'abort').length,
    requests: sessions.reduce((sum, { openRequests }) => sum + openRequests, 0),
    queued: queues.reduce((sum, queue) => sum + (queue?.packets ?? 0), 0),
    links: world.network.connections.length,
  };
}

function memoryFigures(wanted: boolean): Pick<DayFigures, 'heap' | 'objects' | 'arrayBuffers'> {
  if (!wanted) return { heap: 0, objects: 0, arrayBuffers: 0 };
  const objects = countObjects();
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed: heap, arrayBuffers } = process.memoryUsage();
  return { heap, objects, arrayBuffers };
}

function listenersOf(emitter: EventEmitter): number {
  return emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
}
