import {
  parseBytes,
  parseEndpoint,
  parseInteger,
  parseListen,
  parsePort,
  parseSeconds,
} from '../../src/cli/values';

const invalid = expect.objectContaining({ code: 'commander.invalidArgument' }) as unknown;

const throwing = (act: () => unknown): unknown => {
  try {
    return { returned: act() };
  } catch (error) {
    return error;
  }
};

describe('values of the command line', () => {
  it.each<[string, (text: string) => unknown, string, unknown]>([
    ['a port', parsePort, '5000', 5000],
    ['a host and port', parseEndpoint, 'tool-7:5000', { host: 'tool-7', port: 5000 }],
    ['an IPv4 address', parseEndpoint, '127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
    ['an IPv6 address', parseEndpoint, '[::1]:65535', { host: '::1', port: 65535 }],
    ['a port to listen on', parseListen, '5000', { host: undefined, port: 5000 }],
    ['any port to listen on', parseListen, '0', { host: undefined, port: 0 }],
    ['an address to listen on', parseListen, '127.0.0.1:5000', { host: '127.0.0.1', port: 5000 }],
    ['any port of an address', parseListen, '[::1]:0', { host: '::1', port: 0 }],
    ['a whole number', parseInteger(0, 65535), '65535', 65535],
    ['a hexadecimal number', parseInteger(0, 65535), '0xFF', 255],
    ['seconds', parseSeconds(false), '1.5', 1.5],
    ['a fraction of a second', parseSeconds(false), '.5', 0.5],
    ['no time', parseSeconds(true), '0', 0],
    ['bytes', parseBytes, '1048586', 1048586],
    ['kibibytes', parseBytes, '64KiB', 65536],
    ['mebibytes', parseBytes, '16Mi', 16777216],
    ['gibibytes', parseBytes, '1 GiB', 1073741824],
  ])('reads %s', (_name, parse, text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('says of what cannot be listened on that a port alone will do', () => {
    expect((throwing(() => parseListen('http')) as Error).message).toMatch(
      /^PORT or ADDRESS:PORT is allowed/,
    );
  });

  it.each([
    ['5000', '127.0.0.1:5000'],
    [':5000', '127.0.0.1:5000'],
    ['hsms://tool-7:5000', 'tool-7:5000'],
    ['http://10.0.0.1:5000/x', '10.0.0.1:5000'],
    ['::1:5000', '[::1]:5000'],
    ['tool-7;5000', 'tool-7:5000'],
    ['10.0.0.1,5000', '10.0.0.1:5000'],
    ['10.0.0.1 5000', '10.0.0.1:5000'],
  ])('guesses what is meant by %s', (text, guess) => {
    expect((throwing(() => parseEndpoint(text)) as Error).message).toMatch(`Did you mean ${guess}?`);
  });

  it.each(['host', 'host:', '', 'a b c', 'https://'])('guesses nothing of %j', (text) => {
    expect((throwing(() => parseEndpoint(text)) as Error).message).not.toMatch('Did you mean');
  });

  it.each<[string, (text: string) => unknown, string[]]>([
    ['a port', parsePort, ['0', '65536', '-1', '5e3', '5000.5', '', 'http', ' 1', '000001']],
    [
      'an endpoint',
      parseEndpoint,
      ['5000', 'host', 'host:', ':5000', 'host:0', '::1:5000', 'a b:1', 'h:99999'],
    ],
    ['where to listen', parseListen, ['65536', 'host', '::1:0', '']],
    ['a whole number', parseInteger(1, 10), ['0', '11', '1.5', 'x', '', '0x', '1e1']],
    ['seconds', parseSeconds(false), ['0', '-1', 'x', '', '1e3', 'Infinity', 'NaN', '1,5']],
    ['bytes', parseBytes, ['-1', '1.5', '1KB', 'x', '', '99999999999999999']],
  ])('refuses what is not %s, and says what is allowed', (_name, parse, texts) => {
    for (const text of texts) {
      const error = throwing(() => parse(text));
      expect({ text, error }).toEqual({ text, error: invalid });
      expect((error as Error).message).toMatch(/allowed/);
    }
  });
});
