import { createServer, type Server, type Socket } from 'node:net';
import { endpointText, type SocketAddress } from '../../index.js';
import { errnoText } from '../errno-text.js';
import { CliError, codeOf, describeError, ExitCode } from '../exit-codes.js';
import type { Endpoint } from '../values.js';
import { counted } from '../values.js';
import { forward } from './forward.js';
import type { ProxyReport } from './report.js';
import { Tap } from './tap.js';

/** What a proxy is made of. */
export interface ProxyOptions {
  readonly listen: { readonly host: string | undefined; readonly port: number };
  readonly target: Endpoint;
  readonly maxPacketBytes: number;
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
    const { target, maxPacketBytes } = this.#options;
    const clientText = endpointText({ address: client.remoteAddress ?? '', port: client.remotePort ?? 0 });
    const targetText = endpointText({ address: target.host, port: target.port });
    const ids = { name: `#${number}`, client: clientText, target: targetText };
    const tell = (event: string, text: string, fields: object = {}): void =>
      this.#report.event(event, `#${number} ${text}`, { ...ids, ...fields });
    const tapOf = (fromClient: boolean): Tap => {
      const [from, to] = fromClient ? [clientText, targetText] : [targetText, clientText];
      return new Tap(
        {
          onPacket: (packet) => this.#report.message({ packet, connection: number, from, to, fromClient }),
          onNonsense: (problem, atByte) =>
            tell(
              'notHsms',
              `${from} to ${to} is not HSMS from byte ${atByte} on and is passed on unread: ${problem}`,
              {
                from,
                to,
                atByte,
              },
            ),
        },
        maxPacketBytes,
      );
    };
    const taps = { client: tapOf(true), target: tapOf(false) };
    tell('accepted', `${clientText} connects to ${targetText}`);
    let connected = false;
    const end = forward(client, target, {
      onConnected: () => {
        connected = true;
        tell('established', `${clientText} is connected to ${targetText}`);
      },
      onBytes: (from, chunk) => taps[from].push(chunk),
      onEnd: (from) => {
        const cut = taps[from].partialBytes;
        const inFrame = cut > 0 ? `, in the middle of a message, after ${cut} of its bytes` : '';
        tell('ended', `${from === 'client' ? clientText : targetText} sends no more${inFrame}`, { by: from });
      },
      onClosed: (error) => {
        this.#open.delete(end);
        const bytes = { toTarget: taps.client.bytes, toClient: taps.target.bytes };
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
