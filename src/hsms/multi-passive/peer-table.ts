import { HsmsArgumentError, type HsmsError } from '../../errors.js';
import { canonicalIp, type ResolveName } from '../../network/peer-address.js';

/** Finds the expected peer that an address belongs to, however many there are. */
export class PeerTable<Peer> {
  readonly #byIp = new Map<string, Peer>();
  readonly #byName = new Map<string, Peer>();

  /** Every peer, those with literal addresses first. */
  get peers(): Peer[] {
    return [...this.#byIp.values(), ...this.#byName.values()];
  }

  /**
   * Adds a peer under an IP address or a host name.
   * @throws HsmsArgumentError when that is taken.
   */
  add(address: string, peer: Peer): void {
    const { map, key } = this.#place(address);
    if (map.has(key)) {
      throw new HsmsArgumentError(
        `address ${address} is expected already: one connection for each peer is allowed`,
      );
    }
    map.set(key, peer);
  }

  /** Forgets the peer under an address. */
  delete(address: string): void {
    const { map, key } = this.#place(address);
    map.delete(key);
  }

  /** The peer with this literal address. */
  find(remoteAddress: string): Peer | undefined {
    return this.#byIp.get(canonicalIp(remoteAddress) ?? remoteAddress);
  }

  /**
   * The peer whose host name stands for this address now.
   * Rejects with `HSMS_NAME_NOT_RESOLVED` when no peer matched and a name could not be looked up.
   */
  async findByName(remoteAddress: string, resolve: ResolveName): Promise<Peer | undefined> {
    const wanted = canonicalIp(remoteAddress) ?? remoteAddress;
    const lookups = [...this.#byName].map(async ([name, peer]) => {
      const addresses = await resolve(name);
      return addresses.includes(wanted) ? peer : undefined;
    });
    const results = await Promise.allSettled(lookups);
    for (const result of results) {
      if (result.status === 'fulfilled' && result.value !== undefined) return result.value;
    }
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason as HsmsError;
    return undefined;
  }

  /** Whether any peer is expected under a host name. */
  get hasNames(): boolean {
    return this.#byName.size > 0;
  }

  #place(address: string): { readonly map: Map<string, Peer>; readonly key: string } {
    const ip = canonicalIp(address);
    return ip === undefined
      ? { map: this.#byName, key: address.toLowerCase() }
      : { map: this.#byIp, key: ip };
  }
}
