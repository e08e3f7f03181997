import {
  canonicalIp,
  meansAnyone,
  plainIp,
  printEndpoint,
  resolveName,
} from '../../src/network/peer-address.js';

describe('canonicalIp', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::FFFF:7f00:1', '127.0.0.1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['FE80::1%eth0', 'fe80::1'],
    ['::ffff:1:2:3', '::ffff:1:2:3'],
    ['localhost', undefined],
    ['', undefined],
    ['127.0.0', undefined],
  ])('%s is %s (P-11)', (address, canonical) => {
    expect(canonicalIp(address)).toBe(canonical);
  });
});

describe('meansAnyone', () => {
  it.each([undefined, '', '0.0.0.0', '::', '0:0:0:0:0:0:0:0'])('%p does (P-11)', (address) => {
    expect(meansAnyone(address)).toBe(true);
  });
  it.each(['127.0.0.1', 'tool-7', '::1'])('%p does not', (address) => {
    expect(meansAnyone(address)).toBe(false);
  });
});

describe('printing', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1:5000'],
    ['::1', '[::1]:5000'],
    ['tool-7', 'tool-7:5000'],
  ])('%s', (address, text) => expect(printEndpoint(address, 5000)).toBe(text));

  it('shows mapped IPv4 as IPv4, and a zone as it is', () => {
    expect([plainIp('::ffff:10.0.0.1'), plainIp('fe80::1%eth0')]).toEqual(['10.0.0.1', 'fe80::1%eth0']);
  });
});

describe('resolveName', () => {
  it('gives canonical addresses', async () => {
    const addresses = await resolveName('localhost');
    expect(addresses.some((address) => address === '127.0.0.1' || address === '::1')).toBe(true);
  });

  it('says which name has none', async () => {
    await expect(resolveName('no-such-tool..invalid')).rejects.toMatchObject({
      code: 'HSMS_NAME_NOT_RESOLVED',
      message: expect.stringContaining('no-such-tool..invalid') as string,
    });
  });
});
