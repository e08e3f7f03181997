import { createServer, type Server, type Socket } from 'node:net';
import { endpointText, type SocketAddress } from '../../index.js';
import { errnoText } from '../errno-text.js';
import { CliError, codeOf, describeError, ExitCode } from '../exit-codes.js';
import type { Endpoint } from '../values.js';
import { counted } from '../values.js';
import type { ConnectionTap, ConnectionTapEvents } from './connection-tap.js';
import { forward } from './forward.js';
import type { ProxyReport } from './report.js';

/** What a proxy is made of. */
export interface ProxyOptions {
  readonly listen: { readonly host: string | undefined; readonly port: number };
  readonly target: Endpoint;
  /** Makes what listens to a connection. */
  readonly tap: (events: ConnectionTapEvents) => ConnectionTap;
}

/** Accepts clients, connects each of them to the target, and reports what passes. */
export class ProxyServer {
  readonly #options: ProxyOptions;
  readonly #report: ProxyReport;
  readonly #server: Server;
  readonly #open = new Set<() => void>();
  #count = 0;

  constructor(options: ProxyOptions, report: ProxyReport) {
    this.#options = options;
    this.#report = report;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#onClient(client));
  }

  /** Opens the port; gives where it is. Rejects with a CliError `notConnected` where it cannot be opened. */
  listen(): Promise<SocketAddress> {
    const { host, port } = this.#options.listen;
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error) => {
        const text = `cannot listen on ${host ?? 'any address'} port ${port}: ${errnoText(error)}`;
        reject(new CliError(text, ExitCode.notConnected, { cause: error }));
      });
      this.#server.listen({ port, ...(host !== undefined && { host }) }, () => {
        const address = this.#server.address();
        if (address !== null && typeof address === 'object') resolve(address);
      });
    });
  }

  /** Closes the port and every connection. */
  close(): Promise<void> {
    for (const end of this.#open) end();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #onClient(client: Socket): void {
    const number = ++this.#count;
    const { target } = this.#options;
    const clientText = endpointText({ address: client.remoteAddress ?? '', port: client.remotePort ?? 0 });
    const targetText = endpointText({ address: target.host, port: target.port });
    const ids = { name: `#${number}`, client: clientText, target: targetText };
    const tell = (event: string, text: string, fields: object = {}): void =>
      this.#report.event(event, `#${number} ${text}`, { ...ids, ...fields });
    const ends = (from: 'client' | 'target'): [string, string] =>
      from === 'client' ? [clientText, targetText] : [targetText, clientText];
    const tap = this.#options.tap({
      onPacket: (source, packet) => {
        const [from, to] = ends(source);
        this.#report.message({ packet, connection: number, from, to, fromClient: source === 'client' });
      },
      onNonsense: (source, problem, atByte) => {
        const [from, to] = ends(source);
        const text = `${from} to ${to} is not HSMS from byte ${atByte} on and is passed on unread: ${problem}`;
        tell('notHsms', text, { from, to, atByte });
      },
      onNote: (source, event, text, fields) => {
        const [from, to] = ends(source);
        const way = source === 'client' ? '->' : '<-';
        this.#report.event(event, `#${number} ${way} ${text}`, { name: ids.name, from, to, ...fields });
      },
    });
    tell('accepted', `${clientText} connects to ${targetText}`);
    let connected = false;
    const end = forward(client, target, {
      onConnected: () => {
        connected = true;
        tell('established', `${clientText} is connected to ${targetText}`);
      },
      onBytes: (from, chunk) => tap.push(from, chunk),
      onEnd: (from) => {
        const cut = tap.partialBytes(from);
        const inFrame = cut > 0 ? `, in the middle of a message, after ${cut} of its bytes` : '';
        tell('ended', `${from === 'client' ? clientText : targetText} sends no more${inFrame}`, { by: from });
      },
      onClosed: (error) => {
        this.#open.delete(end);
        tap.end();
        const bytes = { toTarget: tap.bytes('client'), toClient: tap.bytes('target') };
        const why = error === undefined ? '' : `: ${describeSocketError(error)}`;
        // Without a target, what the client sent has gone nowhere.
        const passed = connected
          ? `${counted(bytes.toTarget, 'byte')} to ${targetText}, ${counted(bytes.toClient, 'byte')} to ${clientText}`
          : `${counted(bytes.toTarget, 'byte')} of ${clientText} could not be passed on`;
        tell('closed', `closed${why}. ${passed}`, {
          ...bytes,
          ...(!connected && { toTarget: 0, notPassedOn: bytes.toTarget }),
          ...(error && { error: describeSocketError(error) }),
        });
      },
    });
    this.#open.add(end);
  }
}

function describeSocketError(error: Error): string {
  return codeOf(error) === undefined ? describeError(error) : errnoText(error);
}
