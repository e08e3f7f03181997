import fc from 'fast-check';
import { HsmsHeader, HsmsPacket, type WirePacket } from '../../../src/index.js';
import {
  messageRecord,
  packetOf,
  readWireLog,
  redaction,
  type WireLogMessage,
} from '../../../src/log/index.js';
import { isoTime } from '../../../src/log/record/time.js';
import { A, L, S } from '../../../src/secs2/index.js';

const time = Date.UTC(2026, 10, 23, 21, 49, 56) + 123.456;
const text = '2026-11-23T21:49:56.123456Z';

const packet = HsmsPacket.ofMessage(S(1, 13).w(L(A('x'))), { sessionId: 7, systemBytes: 0x8000_0001 });

const anyPacket = fc
  .tuple(fc.uint8Array({ minLength: 10, maxLength: 10 }), fc.uint8Array({ maxLength: 40 }))
  .map(([header, body]) => new HsmsPacket(HsmsHeader.parse(header), body));

describe('isoTime', () => {
  it.each([
    [time, text],
    [0, '1970-01-01T00:00:00.000000Z'],
    [999.9996, '1970-01-01T00:00:01.000000Z'],
    [1000.001, '1970-01-01T00:00:01.000001Z'],
    [59_999.999, '1970-01-01T00:00:59.999999Z'],
  ])('writes %d as %s', (milliseconds, expected) => expect(isoTime(milliseconds)).toBe(expected));
});

describe('messageRecord', () => {
  it('holds the bytes, and for grep what they mean', () => {
    const record = messageRecord(packet, {
      time,
      dir: 'out',
      from: { address: '10.0.0.1', port: 5000 },
      to: { address: '::1', port: 40001 },
      name: 'etcher',
    });
    expect(JSON.parse(JSON.stringify(record))).toEqual({
      time: text,
      type: 'message',
      dir: 'out',
      from: '10.0.0.1:5000',
      to: '[::1]:40001',
      name: 'etcher',
      session: 7,
      sf: 'S1F13',
      w: true,
      sType: 'data',
      system: 0x8000_0001,
      header: '0007810d000080000001',
      body: Buffer.from([1, 1, 0x41, 1, 0x78]).toString('base64'),
    });
  });

  it('has neither stream nor body for a control message', () => {
    expect(messageRecord(HsmsPacket.selectReq(3), { time: text })).toEqual({
      time: text,
      type: 'message',
      session: 0xffff,
      sType: 'select.req',
      system: 3,
      header: 'ffff0000000100000003',
    });
  });

  it('names an SType that E37 does not define, and takes no foreign PType for data', () => {
    const strange = new HsmsPacket(HsmsHeader.of({ sessionId: 0, systemBytes: 1, sType: 8 }));
    expect(messageRecord(strange, { time }).sType).toBe('stype 8');
    const foreign = new HsmsPacket(HsmsHeader.of({ sessionId: 0, systemBytes: 1, pType: 4 }));
    expect(messageRecord(foreign, { time })).toMatchObject({ sType: 'data' });
    expect(messageRecord(foreign, { time })).not.toHaveProperty('sf');
  });

  it('adds SML when asked, for bodies that are no item as well', () => {
    expect(messageRecord(packet, { time, sml: true }).sml).toBe('S1F13 W\n<L[1]\n  <A[1] "x">\n>.');
    expect(messageRecord(packet, { time, sml: { counts: 'never' } }).sml).toContain('<A "x">');
    const broken = HsmsPacket.data(
      { sessionId: 0, stream: 1, function: 1, systemBytes: 1 },
      Buffer.from([9]),
    );
    expect(messageRecord(broken, { time, sml: true }).sml).toContain('09');
    expect(messageRecord(packet, { time })).not.toHaveProperty('sml');
  });

  it('comes back as the same packet, byte for byte, whatever it holds', () => {
    fc.assert(
      fc.property(anyPacket, (original) => {
        const line = JSON.stringify(messageRecord(original, { time }));
        const copy = packetOf(JSON.parse(line) as WireLogMessage);
        expect(copy.header.toBytes()).toEqual(original.header.toBytes());
        expect(copy.body).toEqual(original.body);
      }),
    );
  });
});

describe('packetOf', () => {
  const record = messageRecord(packet, { time });
  it.each([
    [{ ...record, header: '00' }, /header is "00"/],
    [{ ...record, header: '0007810d00008000000g' }, /20 hex digits/],
    [{ ...record, body: 'A' }, /body is "A": base64/],
    [{ ...record, body: 'A===' }, /base64/],
    [{ ...record, redacted: { bytes: 5, rule: 'S1' } }, /S1F13 \(5 bytes\) was left out by the rule S1/],
  ])('refuses %j', (bad, message) => {
    expect(() => packetOf(bad)).toThrow(message);
  });
});

describe('redaction', () => {
  const recipe = HsmsPacket.data({ sessionId: 0, stream: 7, function: 3, systemBytes: 1 }, Buffer.alloc(9));
  const empty = HsmsPacket.data({ sessionId: 0, stream: 7, function: 3, systemBytes: 1 });
  function big(candidate: WirePacket): boolean {
    return candidate.length > 15;
  }

  it.each([
    [['S7F3'], 'S7F3'],
    [['s7f3'], 's7f3'],
    [['S7'], 'S7'],
    [['S1', 'S7F6', '*'], '*'],
    [['S7F6', 'S77F3'], undefined],
    [[big], 'big'],
    [[() => 'by name'], 'by name'],
    [[() => false], undefined],
    [
      [
        () => {
          throw new Error('no');
        },
      ],
      'function failed: no',
    ],
    [[], undefined],
  ])('%p gives %p', (rules, expected) => {
    expect(redaction(rules)?.(recipe)).toBe(expected);
    expect(redaction(rules)?.(empty)).toBeUndefined();
  });

  it('puts the length in place of the body', () => {
    const record = messageRecord(recipe, { time, sml: true, redaction: redaction(['S7F3']) });
    expect(record).toMatchObject({ sf: 'S7F3', redacted: { bytes: 9, rule: 'S7F3' } });
    expect(record).not.toHaveProperty('body');
    expect(record).not.toHaveProperty('sml');
  });

  it.each(['', 'F3', 'S7F', 'S128', 'S7F256', '7'])('refuses the rule %p', (rule) => {
    expect(() => redaction([rule])).toThrow(`or a function, received the string "${rule}"`);
  });
});

describe('readWireLog', () => {
  const record = messageRecord(packet, { time, name: 'Füller €𝄞' });
  const event = { time: text, type: 'event', event: 'closed', reason: 'reset' };
  const dropped = { time: text, type: 'dropped', records: 3, bytes: 800, since: text };
  const all = [record, event, dropped];
  const log = all.map((entry) => `${JSON.stringify(entry)}\n`).join('');

  const read = async (
    source: Iterable<Uint8Array | string>,
    options?: Parameters<typeof readWireLog>[1],
  ): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const entry of readWireLog(source, options)) found.push(entry);
    return found;
  };

  it('gives every record, however the bytes are cut', async () => {
    const bytes = Buffer.from(log);
    for (const size of [1, 2, 3, 7, 100, 100_000]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      expect(await read(chunks)).toEqual(all);
    }
    expect(await read([log.slice(0, 50), log.slice(50)])).toEqual(all);
  });

  it('skips empty lines, takes CRLF, a byte order mark, and a last line without its end', async () => {
    const crlf = `\uFEFF${log.trimEnd().replaceAll('\n', '\r\n\r\n')}`;
    expect(await read([Buffer.from(crlf)])).toEqual(all);
    expect(await read([])).toEqual([]);
  });

  const good = JSON.stringify(event);
  const withField = (fields: object): string => JSON.stringify({ ...record, ...fields });
  it.each([
    ['{"time":', /line 2 of the wire log: "\{\\"time\\":" is not JSON/],
    ['7', /7 is no record/],
    ['[]', /\[\] is no record/],
    ['{}', /time is undefined: ISO 8601/],
    [withField({ time: 'noon' }), /time is "noon"/],
    [withField({ type: 'packet' }), /type is "packet": message, event and dropped/],
    [withField({ dir: 'up' }), /dir is "up"/],
    [withField({ session: '7' }), /session is "7": a number/],
    [withField({ sType: 1 }), /sType is 1: a string/],
    [withField({ system: null }), /system is null/],
    [withField({ header: 'x' }), /header is "x"/],
    [withField({ body: 7 }), /body is 7/],
    [withField({ redacted: true }), /redacted is true/],
    [withField({ redacted: { bytes: 5 } }), /in redacted, rule is undefined/],
    [JSON.stringify({ ...event, event: undefined }), /event is undefined/],
    [JSON.stringify({ ...dropped, records: 'x' }), /records is "x"/],
    [`"${'x'.repeat(200)}"`, /\(202 characters\) is no record/],
  ])('refuses %s', async (line, message) => {
    const source = `${good}\n${line}\n${good}\n`;
    await expect(read([source])).rejects.toMatchObject({
      code: 'HSMS_WIRE_LOG',
      line: 2,
      message: expect.stringMatching(message) as string,
    });
    const errors: unknown[] = [];
    expect(await read([source], { onBadLine: (error) => errors.push(error) })).toEqual([event, event]);
    expect(errors).toHaveLength(1);
  });

  it('bounds the length of a line', async () => {
    const source = [`${good}\n"`, 'x'.repeat(500), `"\n${good}`];
    await expect(read(source, { maxLineLength: 300 })).rejects.toThrow('line 2');
    const skipped: string[] = [];
    expect(
      await read(source, { maxLineLength: 300, onBadLine: ({ message }) => skipped.push(message) }),
    ).toEqual([event, event]);
    expect(skipped).toEqual(['line 2 of the wire log: it is longer than maxLineLength']);
    await expect(read([], { maxLineLength: 0 })).rejects.toThrow(
      'maxLineLength must be a number from 1, received 0',
    );
  });
});
