import type { Clock } from '../../clock.js';
import type { Connector } from '../../connection/connector.js';
import type { ConnectionState } from '../../connection/events.js';
import type { TcpNotice } from '../../connection/notices.js';
import type { Network } from '../../network/network.js';
import type { Secs1Hint } from '../line/hints.js';
import type { Secs1Settings } from '../settings.js';
import type { ByteLink } from './byte-link.js';

/** The link of a connection, as far as what gets links asks. */
export interface CurrentLink {
  readonly open: boolean;
  /** Calls back with whether a byte comes within `seconds`. */
  probe(seconds: number, done: (alive: boolean) => void): void;
  takenOver(): void;
}

/** What a {@link LineSource} asks and tells the connection that it gets links for. */
export interface LineHost {
  readonly clock: Clock;
  readonly network: Network;
  settings(): Secs1Settings;
  isEnabled(): boolean;
  currentLink(): CurrentLink | undefined;
  adopt(link: ByteLink): void;
  setState(state: ConnectionState): void;
  notify(notice: TcpNotice<Secs1Hint>): void;
}

/** Where a connection gets its line from: made by `serialLine`, `dialLine`, `listenLine` or `memoryLine`. */
export interface LineSource {
  /** The line in words, as in `serial port /dev/ttyS0, 9600 baud`. */
  readonly text: string;
  /** @internal */
  connect(host: LineHost): Connector;
}
