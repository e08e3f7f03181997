import { HsmsHeader, HsmsPacket } from '../../../src';
import { checkHeader, checkPacket } from '../../../src/hsms/wire/check';
import { S } from '../../../src/secs2';

const packet = HsmsPacket.linktestReq(1);
const throwing = new Proxy(
  {},
  {
    has: () => {
      throw new Error('not today');
    },
  },
);

describe('checkPacket', () => {
  it('takes a packet, also one of another copy of the package', () => {
    expect(() => checkPacket(packet)).not.toThrow();
    expect(() => checkPacket({ header: packet.header, writeBody: () => 0 })).not.toThrow();
  });

  it('says of a message who sends those', () => {
    const text =
      'frame must be an HsmsPacket, received a SecsMessage: session.send(message) and session.request(message) send those, ' +
      'HsmsPacket.ofMessage() makes a packet of one';
    expect(() => checkPacket(S(1, 1), 'frame')).toThrow(text);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'x'],
    ['a function with all that packets hold', Object.assign(() => {}, { header: 1, writeBody: 1 })],
    ['a function with all that messages hold', Object.assign(() => {}, { bodyBytes: 1, isPrimary: 1 })],
    ['half a packet', { header: packet.header }],
    ['the other half', { writeBody: 1 }],
    ['half a message', { bodyBytes: 1 }],
    ['the other half', { isPrimary: 1 }],
    ['what cannot be looked at', throwing],
  ])('refuses %s', (_what, value) => {
    expect(() => checkPacket(value)).toThrow(
      /^packet must be an HsmsPacket, as HsmsPacket\.data\(\) or HsmsPacket\.ofMessage\(\) makes, received (?!a SecsMessage:)/,
    );
  });
});

describe('checkHeader', () => {
  it('takes a header alone', () => {
    expect(() => checkHeader('header', HsmsHeader.of({ sessionId: 0, systemBytes: 0 }))).not.toThrow();
    expect(() => checkHeader('head', {})).toThrow(/^head must be an HsmsHeader, received /);
  });
});
