import { Readable } from 'node:stream';
import { readCapture, type CaptureEvent } from '../../src/capture/index.js';
import {
  packetOf,
  readWireLog,
  WireLog,
  type WireLogOptions,
  type WireLogRecord,
} from '../../src/log/index.js';
import { Secs1Packet } from '../../src/secs1/index.js';
import { A, B, L, S } from '../../src/secs2/index.js';
import { SessionPair, type PairOptions } from '../secs1/support.js';
import { MemoryStream } from '../support/memory-stream.js';

const recipe = S(7, 3, L(A('recipe'), B(Buffer.alloc(400, 7))));

/** What the host's log has of a request and what `more` does, and its text. */
async function logged(
  options: WireLogOptions,
  more: (pair: SessionPair) => Promise<unknown> = () => Promise.resolve(),
  pairOptions: PairOptions = {},
): Promise<{ records: WireLogRecord[]; text: string }> {
  const stream = new MemoryStream();
  const pair = new SessionPair({ hostSession: { inquire: 'never' }, ...pairOptions });
  const log = new WireLog(stream, { clock: pair.clock, ...options });
  log.attach(pair.host, { name: 'etcher' });
  pair.equipment.primaries.subscribe((primary) => void primary.reply(B(0)));
  await pair.up();
  await pair.clock.settled(pair.host.request(recipe));
  await more(pair);
  await pair.down();
  await pair.clock.settled(log.close());
  const records: WireLogRecord[] = [];
  if (options.format !== 'sml') for await (const record of readWireLog([stream.text])) records.push(record);
  return { records, text: stream.text };
}

/** What a wire log holds, as any capture is read. */
async function captured(text: string): Promise<CaptureEvent[]> {
  const events: CaptureEvent[] = [];
  for await (const some of await readCapture(Readable.from([Buffer.from(text)]))) events.push(...some);
  return events;
}

const eventsOf = (records: readonly WireLogRecord[], name: string): string[] =>
  records.flatMap((record) =>
    record.type === 'event' && record.event === name ? [String(record['text'])] : [],
  );

describe('a wire log of a line of SECS-I', () => {
  it('B-2: has whole messages, with the header of their first block, and what happens to the line', async () => {
    const { records } = await logged({});
    expect(
      records.map((record) => (record.type === 'message' ? `${record.dir} ${record.sf}` : record.type)),
    ).toEqual(expect.arrayContaining(['out S7F3', 'in S7F4']));
    const [sent] = records.filter((record) => record.type === 'message');
    if (sent?.type !== 'message') throw new Error('nothing was logged');
    expect(sent).toMatchObject({
      protocol: 'secs1',
      session: 1,
      sf: 'S7F3',
      w: true,
      sType: 'data',
      name: 'etcher',
    });
    expect(sent.header.slice(0, 8)).toBe('00018703');
    expect(eventsOf(records, 'selected')).toEqual(['device 1 is usable']);
    expect(eventsOf(records, 'line')).toEqual([]);
  });

  it('B-83: is read back as the messages that they were, whatever block number and R-bit', async () => {
    const { records, text } = await logged({});
    const packets = records.flatMap((record) => (record.type === 'message' ? [packetOf(record)] : []));
    expect(packets.map((packet) => packet.message.name)).toEqual(['S7F3', 'S7F4']);
    expect(packets[0]?.body.equals(recipe.body)).toBe(true);
    expect(packets.map(({ header: { sessionId, sType, pType } }) => [sessionId, sType, pType])).toEqual([
      [1, 0, 0],
      [1, 0, 0],
    ]);
    const seen: string[] = [];
    for (const event of await captured(text))
      if (event.kind === 'message') seen.push(event.packet.message.name);
    expect(seen).toEqual(['S7F3', 'S7F4']);
  });

  it('B-83: leaves a body out by a rule, and can be read all the same', async () => {
    const { text } = await logged({ redact: ['S7F3'] });
    const seen: string[] = [];
    for (const event of await captured(text)) {
      if (event.kind === 'message') seen.push(`${event.packet.message.name} ${event.packet.body.length}`);
    }
    expect(seen).toEqual(['S7F3 0', 'S7F4 3']);
  });

  it('B-83: shows each hand-shake and block, where asked for lines', async () => {
    const { records } = await logged({ lines: true });
    const system = records.flatMap((record) => (record.type === 'message' ? [record.system] : []))[0];
    const block = (n: string, bytes: number) =>
      `out block ${n} of S7F3 W, device 1, system ${system}, to the equipment, body of ${bytes} bytes`;
    expect(eventsOf(records, 'line')).toEqual([
      ...['out ENQ', 'in EOT', block('1', 244), 'in ACK'],
      ...['out ENQ', 'in EOT', block('2, the last,', recipe.body.length - 244), 'in ACK'],
      ...['in ENQ', 'out EOT'],
      `in block 1, the last, of S7F4, device 1, system ${system}, to the host, body of 3 bytes`,
      'out ACK',
    ]);
    const [enq] = records.filter((record) => record.type === 'event' && record.event === 'line');
    expect(enq).toMatchObject({ name: 'etcher', dir: 'out', bytes: '05' });
  });

  it('B-83: shows no bytes of blocks where bodies are to stay out', async () => {
    const { records, text } = await logged({ lines: true, redact: ['S7'] });
    const blocks = records.filter((record) => record.type === 'event' && 'length' in record);
    expect(blocks).toMatchObject([
      { length: 257 },
      { length: recipe.body.length - 244 + 13 },
      { length: 16 },
    ]);
    expect(text).not.toContain('07070707');
  });

  it.each<[string, number[], string]>([
    ['pieces of a block', [0x41, 0x42], 'in 2 bytes'],
    ['a byte that means nothing', [0x41], 'in byte 0x41'],
    ['a block with a wrong sum', [...[10, 0, 1, 1, 1, 0x80, 1, 0, 0, 0, 9], 0, 0], 'in 13 bytes'],
  ])('B-83: shows %s as they are', async (_, bytes, text) => {
    const more = async (pair: SessionPair): Promise<void> => {
      pair.host.connection.events.emit('bytes', { direction: 'in', bytes: Buffer.from(bytes) });
      await pair.clock.settle();
    };
    const { records } = await logged({ lines: true }, more);
    expect(eventsOf(records, 'line').at(-1)).toBe(text);
  });

  it('B-22, B-40: tells of messages that fail, blocks that come twice and bytes that mean nothing', async () => {
    let isDead = false;
    const { records, text } = await logged(
      { format: 'ndjson' },
      async (pair) => {
        const { connection } = pair.equipment;
        const twice = Secs1Packet.of({ rBit: true, sessionId: 1, systemBytes: 5 }, S(6, 11));
        await pair.clock.settled(connection.send(twice));
        await pair.clock.settled(connection.send(twice));
        isDead = true;
        const asked = pair.host.request(S(1, 1)).catch((error: unknown) => error);
        await pair.clock.settled(asked);
      },
      { line: { carry: (bytes) => (isDead ? [] : [{ bytes, seconds: 0 }]) } },
    );
    expect(eventsOf(records, 'notice')).toEqual([
      expect.stringMatching(/^duplicate: S6F11, system bytes 5$/),
      expect.stringMatching(/^messageFailed: S1F1 was not sent: no EOT came for ENQ, the last of 4 tries$/),
    ]);
    expect(eventsOf(records, 'transaction')).toEqual([
      expect.stringMatching(/^S1F1 .* was not answered: unsent/),
    ]);
    expect(text).toContain('"notice":"messageFailed","sf":"S1F1"');
  });

  it('B-83: as SML for people', async () => {
    const { text } = await logged({ format: 'sml', lines: true });
    expect(text).toMatch(/\/\/ \S+ \[etcher\] out ENQ\n/);
    expect(text).toMatch(/\/\/ \S+ \[etcher\] out session 1 system \d+\nS7F3 W\n<L\[2\]/);
  });

  it('B-2: refuses a record of a transport that there is not', async () => {
    const { text } = await logged({});
    const other = text.replace('"secs1"', '"secs2"');
    const read = async (): Promise<void> => {
      for await (const record of readWireLog([other])) void record;
    };
    await expect(read()).rejects.toThrow('protocol is "secs2": secs1, or nothing for HSMS, is allowed');
  });
});
