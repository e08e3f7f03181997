import { HsmsArgumentError } from '../../src/errors.js';
import { checkExpectedHost, checkHost } from '../../src/network/host-address.js';

const what = 'the address or host name of the peer';

describe('checkHost', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '::1'],
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['[fe80::1%eth0]', 'fe80::1%eth0'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['localhost', 'localhost'],
    ['tool-7.fab.example.com', 'tool-7.fab.example.com'],
    ['tool-7.fab.example.com.', 'tool-7.fab.example.com.'],
    ['TOOL_7', 'TOOL_7'],
    ['7tool', '7tool'],
  ])('takes %s as %s', (given, used) => {
    expect(checkHost('address', given, what)).toBe(used);
  });

  it.each<[unknown, string]>([
    [' 127.0.0.1', 'without the spaces around it, received the string " 127.0.0.1"'],
    ['127.0.0.1\n', 'without the spaces around it, received the string "127.0.0.1\\n"'],
    ['127.0.0.1:5000', 'without its port: the port is an argument of its own, received'],
    ['tool-7:5000', 'without its port'],
    ['[::1]:5000', 'without its port'],
    ['http://tool-7', 'without "http://", received the string "http://tool-7"'],
    ['hsms://tool-7:5000', 'without "hsms://"'],
    ['127.0.0.300', 'four numbers of 0 to 255 if it is an IPv4 address'],
    ['10.0.1', 'four numbers of 0 to 255 if it is an IPv4 address'],
    ['5000', 'four numbers of 0 to 255'],
    ['fe80:::1', 'a right one if it is an IPv6 address'],
    ['[127.0.0.1]', 'a right one if it is an IPv6 address'],
    ['tool 7', 'made of letters, digits, hyphens and dots, received the string "tool 7"'],
    ['-tool', 'made of letters, digits, hyphens and dots'],
    ['tool/7', 'made of letters, digits, hyphens and dots'],
    [`${'a'.repeat(250)}.com`, 'of at most 253 characters'],
    ['', 'address must be the address or host name of the peer, received the string ""'],
    [5000, 'received 5000'],
    [undefined, 'received undefined'],
    [null, 'received null'],
    [['127.0.0.1'], 'received an array of 1'],
  ])('refuses %j', (given, text) => {
    expect(() => checkHost('address', given, what)).toThrow(HsmsArgumentError);
    expect(() => checkHost('address', given, what)).toThrow(text);
  });
});

describe('checkExpectedHost', () => {
  it.each([
    ['', ''],
    ['any', ''],
    ['ANY', ''],
    ['0.0.0.0', '0.0.0.0'],
    ['[::1]', '::1'],
  ])('takes %j as %j', (given, used) => {
    expect(checkExpectedHost('address', given)).toBe(used);
  });

  it.each([[undefined], [null], [5000], [' '], [NaN]])('does not take %p as anyone', (given) => {
    expect(() => checkExpectedHost('address', given)).toThrow("or '' or 'any' for anyone");
  });
});
