import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type AutoS9Setting,
  type Network,
  type SecsSession,
} from '../../src';
import type { Clock } from '../../src/clock';
import { dialLine, listenLine, Secs1Connection, Secs1Session } from '../../src/secs1';

/** What carries the sessions of GEM's specs. */
export type TransportName = 'HSMS' | 'SECS-I';

/** Where connections are made: a network in memory, and its clock; or those of the system. */
export interface Place {
  readonly network?: Network;
  readonly clock?: Clock;
}

/** What a spec wants of a session besides its side. */
export interface Wanted {
  readonly port?: number;
  /** Session ID, or device ID; 0 where left out. */
  readonly sessionId?: number;
  readonly t3?: number;
  readonly autoS9?: AutoS9Setting;
  readonly t5?: number;
  readonly onError?: (error: unknown, where: string) => void;
  /** The link is watched closely: what is lost on it is noticed within seconds. */
  readonly watched?: boolean;
}

let current: TransportName = 'HSMS';

/** Sessions are made on this transport from now on. */
export function useTransport(name: TransportName): void {
  current = name;
}

/** How many sessions were made, by transport. */
export const sessionsMade: Record<TransportName, number> = { HSMS: 0, 'SECS-I': 0 };

/** The equipment's end: it listens. */
export function equipmentSession(place: Place, wanted: Wanted = {}): SecsSession {
  const { port = 5000, sessionId = 0 } = wanted;
  sessionsMade[current]++;
  if (current === 'HSMS') {
    const passive = new HsmsPassiveConnection(
      '127.0.0.1',
      port,
      sessionId,
      undefined,
      hsmsOptions(place, wanted),
    );
    return new HsmsSession(passive, { entity: 'equipment', ...hsmsSettings(wanted) });
  }
  const options = { ...secs1Options(place, wanted), entity: 'equipment' } as const;
  const line = listenLine(port, { bindAddress: '127.0.0.1' });
  return new Secs1Session(new Secs1Connection(line, sessionId, undefined, options), sessionSettings(wanted));
}

/** The host's end: it dials. */
export function hostSession(place: Place, wanted: Wanted = {}): SecsSession {
  const { port = 5000, sessionId = 0 } = wanted;
  sessionsMade[current]++;
  if (current === 'HSMS') {
    const active = new HsmsActiveConnection(
      '127.0.0.1',
      port,
      sessionId,
      undefined,
      hsmsOptions(place, wanted),
    );
    return new HsmsSession(active, hsmsSettings(wanted));
  }
  const line = dialLine('127.0.0.1', port);
  return new Secs1Session(
    new Secs1Connection(line, sessionId, undefined, secs1Options(place, wanted)),
    sessionSettings(wanted),
  );
}

function sessionSettings({ t3 = 45, autoS9 }: Wanted): { t3: number; autoS9?: AutoS9Setting } {
  return { t3, ...(autoS9 !== undefined && { autoS9 }) };
}

const hsmsSettings = (wanted: Wanted) => ({
  ...sessionSettings(wanted),
  ...(wanted.watched === true && { linktestInterval: 2 }),
});

const connectionOptions = (place: Place, { t5, onError }: Wanted) => ({
  ...place,
  ...(t5 !== undefined && { t5 }),
  ...(onError !== undefined && { onError }),
});

const hsmsOptions = (place: Place, wanted: Wanted) => ({
  ...connectionOptions(place, wanted),
  ...(wanted.watched === true && { t6: 3 }),
});

const secs1Options = (place: Place, wanted: Wanted) => ({
  ...connectionOptions(place, wanted),
  ...(wanted.watched === true && { t2: 1, rty: 2 }),
});
