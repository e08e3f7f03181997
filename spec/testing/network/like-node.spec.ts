import { nodeNetwork, systemClock, type Network, type NetworkSocket } from '../../../src/index.js';
import { createTestNetwork } from '../../../src/testing/index.js';
import { until } from '../../support/until.js';

/** Two ends of one connection, and what each has told. */
interface Ends {
  readonly network: Network;
  readonly port: number;
  readonly client: NetworkSocket;
  readonly server: NetworkSocket;
  readonly log: string[];
  /** Waits until the log has a line. */
  readonly told: (line: string) => Promise<void>;
}

/** Writes down what a socket tells, `end` and `close` and errors; data only where it is asked for. */
function watch(name: string, socket: NetworkSocket, log: string[]): void {
  socket.on('end', () => log.push(`${name} end`));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // The kernel may notice a broken connection while reading or while writing.
    log.push(`${name} error ${error.code === 'EPIPE' ? 'ECONNRESET' : error.code}`);
  });
  socket.on('close', () => log.push(`${name} close`));
}

async function connected(network: Network, allowHalfOpen = true): Promise<Ends> {
  const log: string[] = [];
  const accepted: NetworkSocket[] = [];
  const listener = network.createServer({ allowHalfOpen }, (socket) => {
    watch('server', socket, log);
    accepted.push(socket);
  });
  await new Promise<void>((resolve) => listener.listen({ port: 0, host: '127.0.0.1' }, resolve));
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = network.connect({ host: '127.0.0.1', port, allowHalfOpen });
  watch('client', client, log);
  client.once('connect', () => log.push('client connect'));
  await until('both ends', () => accepted.length === 1 && log.includes('client connect'));
  listener.close(() => log.push('listener closed'));
  const told = (line: string): Promise<void> =>
    until(`${line} in [${log.join(', ')}]`, () => log.includes(line));
  return { network, port, client, server: accepted[0] as NetworkSocket, log, told };
}

const readAll = (socket: NetworkSocket): Buffer[] => {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return chunks;
};

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString();

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Long enough for the kernel to have told both ends. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** Each does something to a connection and tells what could be observed. */
const scenarios: Record<string, (ends: Ends) => Promise<unknown>> = {
  'knows both addresses': async ({ client, server, port, log, told }) => {
    const seen = [
      [client.remoteAddress, client.remotePort === port, server.localAddress, server.localPort === port],
      [client.localAddress, client.localPort === server.remotePort, server.remoteAddress],
    ];
    client.destroy();
    server.destroy();
    await told('listener closed');
    return [seen, log.includes('client connect')];
  },
  'carries bytes in order, both ways': async ({ client, server, told }) => {
    const atServer = readAll(server);
    const atClient = readAll(client);
    client.write('one ');
    client.write('two ');
    client.end('three');
    await told('server end');
    server.end('four');
    await told('listener closed');
    return [textOf(atServer), textOf(atClient)];
  },
  'stays writable after the FIN of the other end': async ({ client, server, log, told }) => {
    const atClient = readAll(client);
    readAll(server);
    client.end();
    await told('server end');
    await new Promise<void>((resolve) => server.write('still here', () => resolve()));
    await until('the bytes', () => textOf(atClient) === 'still here');
    const before = [...log];
    server.end();
    await told('listener closed');
    return [before, client.destroyed, server.destroyed];
  },
  'tells FIN when the other end is destroyed': async ({ client, server, log, told }) => {
    readAll(server);
    client.destroy();
    await told('server end');
    const before = [...log].sort();
    server.end();
    await told('listener closed');
    return before;
  },
  'breaks at the second write to an end that is gone': async ({ client, server, log, told }) => {
    readAll(server);
    client.destroy();
    await told('server end');
    server.write('taken by the kernel');
    await pause();
    const before = log.filter((line) => line.startsWith('server'));
    server.write('too late');
    await told('server close');
    return [before, log.filter((line) => line.startsWith('server'))];
  },
  'breaks while somebody still reads': async ({ client, server, log, told }) => {
    readAll(server);
    readAll(client);
    client.end();
    await told('server end');
    client.destroy();
    server.write('x');
    await pause();
    server.write('y');
    await told('server close');
    return log.filter((line) => line.startsWith('server'));
  },
  'tells FIN when destroyed with bytes that had been taken from the kernel': async (ends) => {
    const { client, server, log, told } = ends;
    readAll(server);
    server.write('never read');
    await pause();
    client.destroy();
    await told('server end');
    const before = log.filter((line) => line.startsWith('server'));
    server.destroy();
    await told('listener closed');
    return before;
  },
  'resets when destroyed with bytes that nobody has taken': async ({ client, server, log, told }) => {
    readAll(server);
    server.write(Buffer.alloc(1024 * 1024));
    await pause();
    client.destroy();
    await told('server close');
    return log.filter((line) => line.startsWith('server'));
  },
  'resets on demand': async ({ client, server, log, told }) => {
    readAll(server);
    readAll(client);
    (client as NetworkSocket & { resetAndDestroy(): void }).resetAndDestroy();
    await told('server close');
    await told('listener closed');
    return [...log].sort();
  },
  'holds the writer back while nobody reads, and lets it go on then': async ({ client, server, told }) => {
    const block = Buffer.alloc(1024 * 1024, 1);
    client.write(block);
    let written = 0;
    while (client.writableLength === 0 && written < 64) {
      client.write(block);
      written++;
      await turns();
    }
    const held = client.writableLength > 0;
    const drained = new Promise<void>((resolve) => client.once('drain', resolve));
    let bytes = 0;
    server.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await drained;
    const rest = client.writableLength;
    client.end();
    await told('server end');
    server.end();
    await told('listener closed');
    return [held, rest, bytes === (written + 1) * block.length];
  },
  'has written at once what there is room for': async ({ client, server, told }) => {
    const length: number[] = [];
    client.write('abc', () => length.push(-1));
    length.push(client.writableLength);
    client.cork();
    client.write('d');
    client.write('e');
    length.push(client.writableLength);
    client.uncork();
    length.push(client.writableLength);
    const bytes = readAll(server);
    await until('the bytes', () => textOf(bytes) === 'abcde');
    client.destroy();
    server.destroy();
    await told('listener closed');
    return length;
  },
  'keeps the listener closing while an accepted socket is open': async ({ client, server, log, told }) => {
    await turns();
    const before = log.includes('listener closed');
    client.destroy();
    server.destroy();
    await told('listener closed');
    return before;
  },
};

/** A network in memory on the time of this process, as the real one is. */
const memory = (): Network => createTestNetwork({ clock: systemClock });

describe('a network in memory', () => {
  it.each(Object.entries(scenarios))('%s, as node:net does', async (_name, scenario) => {
    const real = await scenario(await connected(nodeNetwork));
    const inMemory = await scenario(await connected(memory()));
    expect(inMemory).toEqual(real);
    expect(JSON.stringify(real).length).toBeGreaterThan(3);
  });

  it('ends the other way too unless half-open sockets are wanted, as node:net does', async () => {
    const logs = [];
    for (const network of [nodeNetwork, memory()]) {
      const { client, server, log, told } = await connected(network, false);
      readAll(server);
      readAll(client);
      client.end();
      await told('listener closed');
      await told('server close');
      await told('client close');
      logs.push([...log].sort());
    }
    expect(logs[1]).toEqual(logs[0]);
  });

  const errorOf = (socket: NetworkSocket): Promise<unknown> =>
    new Promise((resolve) => socket.once('error', resolve));

  it.each([
    ['nobody listens', '127.0.0.1'],
    ['a name is not known', 'no-such-tool..invalid'],
  ])('fails to connect where %s, as node:net does', async (_why, host) => {
    const { port, client, server, told } = await connected(nodeNetwork);
    client.destroy();
    server.destroy();
    await told('listener closed');
    const options = { host, port, allowHalfOpen: true };
    const [real, inMemory] = await Promise.all(
      [nodeNetwork, memory()].map(async (network) => {
        const error = await errorOf(network.connect(options));
        return { ...(error as object), message: (error as Error).message };
      }),
    );
    expect(inMemory).toEqual(real);
    expect(real).toMatchObject({ syscall: expect.stringMatching(/connect|getaddrinfo/) as string });
  });

  it('fails to listen on a port in use, as node:net does', async () => {
    const errors = [];
    for (const network of [nodeNetwork, memory()]) {
      const first = network.createServer({ allowHalfOpen: true }, () => {});
      await new Promise<void>((resolve) => first.listen({ port: 0, host: '127.0.0.1' }, resolve));
      const { port } = first.address() as { port: number };
      const second = network.createServer({ allowHalfOpen: true }, () => {});
      const error = await new Promise<Error>((resolve) => {
        second.once('error', resolve);
        second.listen({ port, host: '127.0.0.1' }, () => {});
      });
      errors.push({ ...error, message: error.message.replace(String(port), 'PORT'), port: 0 });
      expect([second.address(), (first.address() as { address: string }).address]).toEqual([
        null,
        '127.0.0.1',
      ]);
      await new Promise<void>((resolve) => first.close(resolve));
    }
    expect(errors[1]).toEqual(errors[0]);
  });

  it('sends what was written before the connection was made, as node:net does', async () => {
    for (const network of [nodeNetwork, memory()]) {
      const got: Buffer[] = [];
      const listener = network.createServer({ allowHalfOpen: false }, (socket) => {
        socket.on('data', (chunk: Buffer) => got.push(chunk));
      });
      await new Promise<void>((resolve) => listener.listen({ port: 0, host: '127.0.0.1' }, resolve));
      const { port } = listener.address() as { port: number };
      const client = network.connect({ host: 'localhost', port, allowHalfOpen: false });
      client.end('early');
      client.resume();
      await until('the bytes', () => textOf(got) === 'early');
      await new Promise<void>((resolve) => listener.close(resolve));
      await expect(until('the close', () => client.destroyed)).resolves.toBeUndefined();
    }
  });
});
