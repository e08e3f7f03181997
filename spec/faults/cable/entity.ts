import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from '../../../src/index.js';
import { B, L, S } from '../../../src/secs2/index.js';

/** What one side is told by its parent, as JSON in its first argument. */
export interface CableEntityOptions {
  readonly role: 'active' | 'passive';
  readonly address: string;
  readonly port: number;
  readonly traffic: 'idle' | 'requests' | 'flood';
  readonly connection: { readonly t6: number; readonly keepAliveDelay: number; readonly sendTimeout: number };
  readonly session: {
    readonly t3: number;
    readonly linktestInterval: number;
    readonly maxLinktestFailures: number;
  };
}

/** How often a request is made; with T3 above it, one is always open. */
const REQUEST_MS = 100;

function main({
  role,
  address,
  port,
  traffic,
  connection: settings,
  session: more,
}: CableEntityOptions): void {
  const connection =
    role === 'active'
      ? new HsmsActiveConnection(address, port, 0, undefined, settings)
      : new HsmsPassiveConnection('', port, 0, undefined, { ...settings, bindAddress: address });
  const session = new HsmsSession(connection, more);
  const tell = (event: object): void => void process.send?.({ role, at: Date.now(), ...event });
  session.primaries.subscribe((primary) => {
    if (primary.wantsReply) primary.reply().catch(() => {});
  });
  session.state.subscribe((state) => {
    if (state === 'selected') tell({ event: 'selected' });
  });
  connection.beforeClosed.subscribe(({ reason }) => tell({ event: 'noticed', reason: reason.kind }));
  if (traffic === 'requests') setInterval(() => void session.request(S(1, 1)).catch(() => {}), REQUEST_MS);
  if (traffic === 'flood') {
    const body = L(B(Buffer.alloc(200_000)));
    setInterval(() => void session.send(S(6, 11, body)).catch(() => {}), 20);
  }
  connection.enable().catch((error: unknown) => tell({ event: 'failed', error: String(error) }));
  process.on('disconnect', () => process.exit());
}

main(JSON.parse(process.argv[2] ?? '{}') as CableEntityOptions);
