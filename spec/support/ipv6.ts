import { networkInterfaces } from 'node:os';

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

/** A test of IPv6, counted as skipped on a machine whose loopback has none. */
export const itOnIPv6 = hasIPv6 ? it : it.skip;
