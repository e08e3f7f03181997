import type { Clock } from '../../clock.js';
import { ConnectionLife, type EventsOn } from '../../connection/connection-life.js';
import type { Connector, ConnectorOwner } from '../../connection/connector.js';
import { diagnostics } from '../../connection/diagnostics.js';
import type { ConnectionState, EstablishedOn } from '../../connection/events.js';
import type { Network, NetworkSocket } from '../../network/network.js';
import type { Publisher } from '../../reactive/publisher.js';
import type { ErrorReporter } from '../../reactive/report.js';
import type { DecodeOptions } from '../../secs2/index.js';
import type { CloseReason } from '../link/close-reason.js';
import { describeHint, type HsmsHint } from '../link/hints.js';
import { Link, type LinkOwner } from '../link/link.js';
import type { HsmsSettings } from '../link/settings.js';
import type { HsmsPacket } from '../wire/packet.js';
import type { HsmsNotice } from './notices.js';
import type { ResolvedOptions } from './options.js';

/** The types of HSMS, for {@link ConnectionLife}. */
interface HsmsTransport<C> {
  readonly connection: C;
  readonly link: Link;
  readonly established: EstablishedOn<C>;
  readonly reason: CloseReason;
  readonly hint: HsmsHint;
  readonly notice: HsmsNotice;
}

/** What connectors of HSMS ask besides. */
export interface HsmsConnectorOwner extends ConnectorOwner<HsmsHint> {
  readonly options: ResolvedOptions;
  /** The settings in force now. */
  settings(): HsmsSettings;
  currentLink(): Link | undefined;
}

/** The events of a connection, and those of its packets. */
interface HostEvents<C> extends EventsOn<HsmsTransport<C>> {
  message: [packet: HsmsPacket];
  sent: [packet: HsmsPacket];
}

/**
 * Whom a connection's link and connector ask and tell: one object, and not a function for each question. It is one of thousands
 * in a host of a whole factory.
 */
export class ConnectionHost<C> implements LinkOwner, HsmsConnectorOwner {
  readonly connection: C;
  readonly options: ResolvedOptions;
  readonly publisher: Pick<Publisher<HostEvents<C>>, 'publish' | 'publishBoth' | 'hasListeners'>;
  readonly life: ConnectionLife<HsmsTransport<C>>;
  /** The settings in force now. */
  current: HsmsSettings;

  /** @param connectorFor makes what gets the links; it is called once, before the constructor returns */
  constructor(
    connection: C,
    options: ResolvedOptions,
    settings: HsmsSettings,
    publisher: Pick<Publisher<HostEvents<C>>, 'publish' | 'publishBoth' | 'hasListeners'>,
    connectorFor: (owner: HsmsConnectorOwner) => Connector,
  ) {
    this.connection = connection;
    this.options = options;
    this.current = settings;
    this.publisher = publisher;
    this.life = new ConnectionLife<HsmsTransport<C>>(this, () => connectorFor(this));
  }

  get clock(): Clock {
    return this.options.clock;
  }

  get network(): Network {
    return this.options.network;
  }

  get decoding(): DecodeOptions | undefined {
    return this.options.decoding;
  }

  get onError(): ErrorReporter {
    return this.options.onError;
  }

  settings(): HsmsSettings {
    return this.current;
  }

  describeHint(hint: HsmsHint): string {
    return describeHint(hint);
  }

  isEnabled(): boolean {
    return this.life.enabled;
  }

  currentLink(): Link | undefined {
    return this.life.link;
  }

  setState(state: ConnectionState): void {
    this.life.setState(state);
  }

  notify(notice: HsmsNotice): void {
    this.life.notify(notice);
  }

  /** Takes a connected socket as the link of this connection. */
  adopt(socket: NetworkSocket): void {
    const link = new Link(socket, this);
    this.life.established(link, { connection: this.connection, local: link.local, remote: link.remote });
  }

  onPacket(packet: HsmsPacket): void {
    if (diagnostics.received.hasSubscribers) {
      diagnostics.received.publish({ connection: this.connection, packet });
    }
    this.publisher.publish('message', packet);
  }

  wantsSent(): boolean {
    return this.publisher.hasListeners('sent') || diagnostics.sent.hasSubscribers;
  }

  onSent(packets: readonly HsmsPacket[]): void {
    const { hasSubscribers } = diagnostics.sent;
    for (const packet of packets) {
      if (hasSubscribers) diagnostics.sent.publish({ connection: this.connection, packet });
      this.publisher.publish('sent', packet);
    }
  }

  onClosing(reason: CloseReason, canSend: boolean, proceed: () => void): void {
    this.life.closing(reason, canSend, this.life.link?.hintFor(reason), proceed);
  }

  onClosed(reason: CloseReason, unsent: number): void {
    this.life.closed(reason, unsent, this.life.link?.hintFor(reason));
  }
}
