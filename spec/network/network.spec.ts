import { HsmsActiveConnection, HsmsMultiPassiveServer, HsmsPassiveConnection } from '../../src/index.js';
import { nodeNetwork, type Network } from '../../src/network/network.js';
import { until } from '../support/until.js';

/** Node's own network, which writes down what it is asked for, and knows one more name. */
function watched(): { readonly network: Network; readonly asked: string[] } {
  const asked: string[] = [];
  const network: Network = {
    connect: (options) => {
      asked.push(`connect ${options.host} ${options.port} from ${options.localAddress ?? 'anywhere'}`);
      return nodeNetwork.connect({ ...options, host: '127.0.0.1' });
    },
    createServer: (options, onSocket) => {
      asked.push(`server, half-open ${options.allowHalfOpen}`);
      return nodeNetwork.createServer(options, onSocket);
    },
    lookup: (name) => {
      asked.push(`lookup ${name}`);
      return name === 'etcher' ? Promise.resolve(['::ffff:127.0.0.1']) : Promise.reject(new Error('unknown'));
    },
  };
  return { network, asked };
}

describe('the option network', () => {
  it('makes the sockets of an active and a passive connection, and looks names up', async () => {
    const { network, asked } = watched();
    const passive = new HsmsPassiveConnection('etcher', 0, 0, undefined, { network });
    await passive.enable();
    const port = passive.boundAddress?.port ?? 0;
    const active = new HsmsActiveConnection('coater', port, 0, undefined, {
      network,
      bindAddress: '127.0.0.2',
    });
    passive.notices.subscribe((notice) => asked.push(notice.kind));
    await active.enable();
    // 127.0.0.2 is not where the name leads.
    await until('the refusal', () => asked.includes('refused'));
    await Promise.all([active.dispose(), passive.dispose()]);
    expect(asked).toEqual([
      'server, half-open true',
      `connect coater ${port} from 127.0.0.2`,
      'lookup etcher',
      'refused',
    ]);
  });

  it('is that of the server for every peer of a multi-passive server', async () => {
    const { network, asked } = watched();
    const server = new HsmsMultiPassiveServer(0, { network });
    const peer = server.createConnection('etcher', 1);
    await server.enable();
    const active = new HsmsActiveConnection('127.0.0.1', server.boundAddress?.port ?? 0, 1);
    await active.enable();
    await until('the peer', () => peer.currentState === 'connected');
    await Promise.all([active.dispose(), server.dispose()]);
    expect(asked).toEqual(['server, half-open true', 'lookup etcher']);
  });
});
