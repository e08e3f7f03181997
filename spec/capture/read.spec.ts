import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readCapture, type CaptureEvent, type ReadCaptureOptions } from '../../src/capture/index.js';
import { encodeFrame, HsmsPacket } from '../../src/index.js';
import { messageRecord } from '../../src/log/index.js';
import { pcapFile } from '../support/network-packets.js';
import { frame, onEthernet, selectReq, show, T0, Wire } from './support.js';

const packets = [
  HsmsPacket.selectReq(1),
  HsmsPacket.parse(frame(5).subarray(4)),
  HsmsPacket.parse(frame(6, 40).subarray(4)),
];
const frames = Buffer.concat(packets.map(encodeFrame));
const told = ['sType 1 1', 'S6F11 5', 'S6F11 6'];

async function* chunksOf(bytes: Buffer, size = bytes.length): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(
  source: Buffer | string,
  { chunk, ...options }: ReadCaptureOptions & { readonly chunk?: number } = {},
): Promise<{ format: string; events: CaptureEvent[]; lines: string[] }> {
  const reading = await readCapture(chunksOf(Buffer.from(source), chunk), options);
  const events: CaptureEvent[] = [];
  for await (const batch of reading) events.push(...batch);
  // Ends of a dump have no address: what is said of it begins with their name, if any.
  return {
    format: reading.format,
    events,
    lines: events.map((event) => show(event).replace(/^(undefined|a) /, '')),
  };
}

const hex = (bytes: Uint8Array): string[] => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
const rows = (bytes: Buffer, width = 16): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / width) }, (_, row) =>
    bytes.subarray(row * width, (row + 1) * width),
  );
const ascii = (bytes: Buffer): string => bytes.toString('latin1').replace(/[^ -~]/g, '.');

/** What tools print, by name. */
const dumps: Record<string, (bytes: Buffer) => string> = {
  xxd: (bytes) =>
    rows(bytes)
      .map((row, n) => {
        const groups = rows(row, 2)
          .map((pair) => pair.toString('hex'))
          .join(' ');
        return `${(n * 16).toString(16).padStart(8, '0')}: ${groups.padEnd(39)}  ${ascii(row)}`;
      })
      .join('\n'),
  'hexdump -C': (bytes) => {
    const lines = rows(bytes).map((row, n) => {
      const cells = hex(row);
      const text = `${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}`;
      return `${(n * 16).toString(16).padStart(8, '0')}  ${text.padEnd(50)}|${ascii(row)}|`;
    });
    return [...lines, bytes.length.toString(16).padStart(8, '0')].join('\n');
  },
  'od -t x1': (bytes) =>
    rows(bytes)
      .map((row, n) => `${(n * 16).toString(8).padStart(7, '0')} ${hex(row).join(' ')}`)
      .join('\n'),
  'a packet of Wireshark': (bytes) =>
    rows(bytes)
      .map(
        (row, n) =>
          `${(n * 16).toString(16).padStart(4, '0')}   ${hex(row).join(' ').padEnd(48)}  ${ascii(row)}`,
      )
      .join('\r\n'),
  'plain digits': (bytes) => bytes.toString('hex'),
  'digits in groups': (bytes) => bytes.toString('hex').replaceAll(/.{4}/g, '$& '),
  'pairs, a message a line': () => packets.map((packet) => hex(encodeFrame(packet)).join(' ')).join('\n'),
  'a C array': (bytes) =>
    `/* a message */\n{ ${hex(bytes)
      .map((pair) => `0x${pair}`)
      .join(', ')} };`,
  escapes: (bytes) =>
    `"${hex(bytes)
      .map((pair) => `\\x${pair}`)
      .join('')}"`,
  'capitals with comments': (bytes) =>
    rows(bytes, 7)
      .map((row) => `${hex(row).join(':').toUpperCase()}  # seven bytes`)
      .join('\n'),
};

describe('hex text', () => {
  it.each(Object.keys(dumps))('as of %s', async (name) => {
    const text = dumps[name]!(frames);
    for (const chunk of [text.length, 5])
      expect(await read(text, { chunk })).toMatchObject({ format: 'hex', lines: told });
  });

  it('gives back any bytes, whatever they look like', async () => {
    const body = fc.uint8Array({ minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('xxd', 'hexdump -C', 'od -t x1', 'plain digits'),
        fc.array(body, { minLength: 1, maxLength: 3 }),
        async (name, bodies) => {
          const sent = bodies.map((bytes, n) =>
            HsmsPacket.data({ sessionId: 1, stream: 1, function: 1, systemBytes: n }, bytes),
          );
          const { events } = await read(dumps[name]!(Buffer.concat(sent.map(encodeFrame))));
          const got = events.map((event) =>
            event.kind === 'message' ? encodeFrame(event.packet).toString('hex') : show(event),
          );
          expect(got).toEqual(sent.map((packet) => encodeFrame(packet).toString('hex')));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('repeats the lines that a dump leaves out', async () => {
    const packet = HsmsPacket.data(
      { sessionId: 0, stream: 7, function: 3, systemBytes: 8 },
      Buffer.alloc(112, 0x41),
    );
    const lines = dumps['hexdump -C']!(encodeFrame(packet)).split('\n');
    const folded = [...lines.slice(0, 2), '*', ...lines.slice(-2)].join('\n');
    const { events } = await read(folded);
    expect(events).toMatchObject([{ kind: 'message' }]);
    expect(events[0]?.kind === 'message' && events[0].packet.equals(packet)).toBe(true);
  });

  it('tells two sides apart by how their lines are indented', async () => {
    const request = dumps['hexdump -C']!(frames).split('\n');
    const answer = dumps['hexdump -C']!(frame(9))
      .split('\n')
      .map((line) => `    ${line}`);
    const { events } = await read(
      [...request.slice(0, 2), ...answer.slice(0, 2), ...request.slice(2)].join('\n'),
    );
    expect(
      events.map((event) =>
        event.kind === 'message' ? `${event.from}${event.to} ${show(event).slice(2)}` : '',
      ),
    ).toEqual(['ab sType 1 1', 'ba S6F11 9', 'ab S6F11 5', 'ab S6F11 6']);
  });

  it('tells of lines that are no hex, and of bytes that are not there', async () => {
    const lines = dumps['xxd']!(frames).split('\n');
    lines.splice(4, 1);
    expect((await read(['Frame 7: what follows', ...lines, 'abc'].join('\n'))).lines).toEqual([
      'sType 1 1',
      'S6F11 5',
      'damaged 6 16/60 gap',
      'unread 2 line 1: "Frame 7: what follows"',
    ]);
  });

  it('begins anew where a dump does', async () => {
    const [one, two] = [dumps['xxd']!(frame(1).subarray(0, 20)), dumps['xxd']!(frame(2))];
    expect((await read(`${one}\n\n${two}\n`)).lines).toEqual(['damaged 1 12/28 end', 'S6F11 2']);
    const [head, rest] = [dumps['xxd']!(frame(3).subarray(0, 20)), dumps['xxd']!(frame(3).subarray(20))];
    expect((await read(`${head}\n\n${rest}`)).lines).toEqual(['S6F11 3']);
  });

  it('does not believe a dump that leaves out more than it can', async () => {
    expect(
      (await read(`*\n00000040: ${hex(frames.subarray(0, 14)).join('')}`, { format: 'hex' })).lines[0],
    ).toContain('cannot be repeated');
  });
});

describe('frames', () => {
  it.each([1, 13, 1000])('are read in chunks of %i', async (chunk) => {
    expect(await read(frames, { chunk, format: 'frames' })).toMatchObject({ lines: told });
  });

  it('are found amid a message, and told where they end too early', async () => {
    const { format, lines } = await read(Buffer.concat([frames.subarray(14 + 10), frame(7).subarray(0, -1)]));
    expect(format).toBe('frames');
    expect(lines).toEqual(['skipped 22 midStream', 'S6F11 6', 'damaged 7 1/28 end']);
  });
});

describe('wire logs', () => {
  const records = packets.map((packet, n) =>
    messageRecord(packet, { time: T0 / 1000 + n / 1000, dir: 'out', from: 'x:1', to: 'y:2' }),
  );
  const lines = [
    ...records,
    { ...records[1], body: undefined, redacted: { bytes: 18, rule: 'S6' } },
    { time: records[0]!.time, type: 'event', event: 'closed' },
    { time: records[0]!.time, type: 'dropped', records: 3, bytes: 9, since: records[0]!.time },
  ].map((record) => JSON.stringify(record));

  it('give their messages, and the records that are none', async () => {
    const { format, events } = await read(`${lines.join('\n')}\n`);
    expect(format).toBe('log');
    expect(events).toMatchObject([
      ...packets.map((_, n) => ({ kind: 'message', from: 'x:1', to: 'y:2', time: T0 + n })),
      { kind: 'message', record: { redacted: { bytes: 18 } } },
      { kind: 'record', record: { event: 'closed' } },
      { kind: 'record', record: { records: 3 } },
    ]);
    expect(
      packets.every((packet, n) => events[n]?.kind === 'message' && events[n].packet.equals(packet)),
    ).toBe(true);
  });

  it('go on behind a bad line, and come in batches', async () => {
    const many = Array.from({ length: 600 }, () => lines[1]).join('\n');
    const { events } = await read(`${lines[0]}\n{"time":7}\n${many}`);
    expect(events.length).toBe(602);
    expect(events.filter(({ kind }) => kind === 'fault')).toMatchObject([
      { text: expect.stringContaining('line 2') as string },
    ]);
  });

  it('are given up when none of the first lines is a record', async () => {
    const { events } = await read('{"name":1}\n'.repeat(10_000));
    expect(events).toHaveLength(101);
    expect(events.at(-1)).toEqual({
      kind: 'fault',
      text: 'none of the first 100 lines is a record of a wire log: the rest is not read',
    });
  });

  it('tell of many bad lines in a row in few words, and go on behind them', async () => {
    const { events } = await read(`${lines[0]}\n${'{"name":1}\n'.repeat(10_000)}${lines[1]}\n{}\n`);
    expect(events).toHaveLength(1 + 100 + 1 + 1 + 1);
    expect(events[101]).toEqual({ kind: 'fault', text: '9900 more lines are no records' });
    expect([events[0]?.kind, events[102]?.kind, events[103]?.kind]).toEqual(['message', 'message', 'fault']);
  });
});

describe('sources', () => {
  const capture = pcapFile(onEthernet(new Wire().open().send('host', selectReq).segments));

  it.each([
    ['pcap', capture],
    ['frames', frames],
    ['hex', Buffer.from(frames.toString('hex'))],
  ])('of the format %s are read from gzip as well', async (format, bytes) => {
    const plain = await read(bytes);
    expect(await read(bytes, { format: plain.format as NonNullable<ReadCaptureOptions['format']> })).toEqual(
      plain,
    );
    expect(plain.format).toBe(format);
    expect(await read(gzipSync(bytes), { chunk: 7 })).toEqual(plain);
  });

  it('tell of broken compression', async () => {
    const packed = gzipSync(
      Buffer.concat([
        frames,
        Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * n * 7919 + (n >> 3)) % 251)),
      ]),
    );
    const { lines } = await read(packed.subarray(0, -20), { format: 'frames' });
    expect(lines.at(-1) ?? '').toMatch(/skipped|damaged|fault/);
    expect(lines.some((line) => line.includes('the compressed source is broken'))).toBe(true);
  });

  it.each([
    ['', /the source is empty/],
    [Buffer.from('89504e470d0a1a0a0000', 'hex'), /begins with 89504e470d0a1a0a: pcap, pcapng/],
    ['zzz', /begins with "zzz"/],
  ])('that are none of the formats are an error: %j', async (source, message) => {
    await expect(readCapture(chunksOf(Buffer.from(source)))).rejects.toMatchObject({
      code: 'HSMS_CAPTURE_FORMAT',
      message: expect.stringMatching(message) as string,
    });
  });

  it('that fail end the reading with their error', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(frames);
      throw new Error('disk gone');
    }
    const reading = await readCapture(failing());
    await expect(
      (async () => {
        for await (const batch of reading) expect(batch.length).toBe(3);
      })(),
    ).rejects.toThrow('disk gone');
  });

  it('give the counts of a capture', async () => {
    const reading = await readCapture(chunksOf(capture));
    for await (const batch of reading) expect(batch).toBeDefined();
    expect(reading.counts).toMatchObject({ packets: 4, connections: 1, hsmsConnections: 1 });
    expect((await readCapture(chunksOf(frames))).counts).toBeUndefined();
  });
});
