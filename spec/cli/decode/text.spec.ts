import type { CaptureEvent, CapturedMessage } from '../../../src/capture/index.js';
import { messageText, noticeText } from '../../../src/cli/decode/text.js';
import { painter } from '../../../src/cli/output/paint.js';
import { HsmsHeader, HsmsPacket } from '../../../src/index.js';

const plain = painter(false);
const time = Date.UTC(2026, 10, 23, 21, 49, 56) * 1000 + 123456;
const header = HsmsHeader.parse(Buffer.from('00018101000000000007', 'hex'));
const linktest = HsmsHeader.parse(Buffer.from('ffff0000000500000009', 'hex'));

it.each<[object, string]>([
  [{ kind: 'opened', fromStart: true }, 'connection opened'],
  [{ kind: 'opened', fromStart: false }, 'connection under way when the capture began'],
  [{ kind: 'closed', how: 'fin' }, 'connection closed: by FIN'],
  [{ kind: 'closed', how: 'rst' }, 'connection closed: by RST'],
  [{ kind: 'closed', how: 'reused' }, 'connection closed: its ports serve another one'],
  [{ kind: 'gap', bytes: 1 }, '1 byte is not in the capture'],
  [{ kind: 'gap', bytes: 2 }, '2 bytes are not in the capture'],
  [
    { kind: 'damaged', header, length: 20, missing: 1, cause: 'gap' },
    'S1F1 (system 7) of 20 bytes lost, 1 byte of it is missing',
  ],
  [
    { kind: 'damaged', header: linktest, length: 10, missing: 2, cause: 'end' },
    'Linktest.req (system 9) of 10 bytes lost, 2 bytes of it are missing: the stream ends within it',
  ],
  [
    { kind: 'damaged', header: undefined, length: 10, missing: 4, cause: 'memory' },
    'a message of 10 bytes lost, 4 bytes of it are missing: no room to gather it',
  ],
  [
    { kind: 'skipped', bytes: 1, cause: 'midStream' },
    '1 byte passed over: within a message when the capture began',
  ],
  [{ kind: 'skipped', bytes: 3, cause: 'afterGap' }, '3 bytes passed over: after what is missing'],
  [{ kind: 'skipped', bytes: 3, cause: 'outOfStep' }, '3 bytes passed over: a length that cannot be one'],
])('%j of a connection', (event, text) => {
  const passage = { time, from: 'tool', to: 'host', ...event } as Exclude<CaptureEvent, CapturedMessage>;
  expect(noticeText(passage, plain)).toBe(`// 2026-11-23T21:49:56.123456Z tool -> host -- ${text}\n`);
});

it.each<[object, string]>([
  [{ kind: 'unread', lines: 1, text: 'x (line 1)' }, 'a line without bytes was passed over: x (line 1)'],
  [{ kind: 'unread', lines: 2, text: 'x' }, '2 lines without bytes were passed over, the first is x'],
  [{ kind: 'remark', text: 'a remark' }, 'a remark'],
  [{ kind: 'dropped', packets: 3 }, '3 packets were dropped by who captured, as it says'],
  [{ kind: 'fault', text: 'a fault' }, 'a fault'],
  [
    { kind: 'record', record: { time: 'T', type: 'dropped', records: 2, bytes: 90, since: 'S' } },
    'T the log dropped 2 records (90 bytes) since S',
  ],
  [{ kind: 'record', record: { time: 'T', type: 'event', event: 'state', text: 'a\nb' } }, 'T state a\n// b'],
  [{ kind: 'record', record: { time: 'T', type: 'event', event: 'state', to: 'x' } }, 'T state {"to":"x"}'],
  [{ kind: 'record', record: { time: 'T', type: 'event', to: 'x' } }, 'T event {"to":"x"}'],
])('%j of a source', (event, text) => {
  expect(noticeText(event as Exclude<CaptureEvent, CapturedMessage>, plain)).toBe(`// -- ${text}\n`);
});

it.each<[object, string]>([
  [
    { part: 'header', header, bytes: Buffer.alloc(0) },
    'S1F1 W, session 1, system 7, no body: a header without length\n',
  ],
  [
    { part: 'message', header: linktest, bytes: Buffer.from('410141', 'hex') },
    'Linktest.req, session 65535, system 9, 3 bytes of body: a message without its length\n<A[1] "A">\n',
  ],
  [
    { part: 'body', header: undefined, bytes: Buffer.from('410141', 'hex') },
    '3 bytes: a SECS-II item without a header\n<A[1] "A">\n',
  ],
])('a part: %j', (part, text) => {
  const event = { kind: 'part', time: undefined, from: undefined, to: undefined, ...part };
  expect(noticeText(event as Exclude<CaptureEvent, CapturedMessage>, plain)).toBe(`// - -> -- ${text}`);
});

it.each<[object, string]>([
  [{}, '// - -> session 1 system 7\nS1F1 W.\n'],
  [{ dir: 'in' }, '// - in session 1 system 7\nS1F1 W.\n'],
  [{ dir: 'in', from: 'tool' }, '// - tool -> ? session 1 system 7\nS1F1 W.\n'],
  [
    { to: 'host', record: { name: 'etcher', dir: 'out' } },
    '// - etcher ? -> host session 1 system 7\nS1F1 W.\n',
  ],
  [
    { record: { sf: 'S1F1', redacted: { bytes: 5, rule: 'secret' } } },
    '// - -> session 1 system 7\nS1F1 W /* 5 bytes left out by the rule secret */.\n',
  ],
])('a message: %j', (more, text) => {
  const packet = HsmsPacket.parse(Buffer.from('00018101000000000007', 'hex'));
  const message = { kind: 'message', time: undefined, from: undefined, to: undefined, packet, ...more };
  expect(messageText(message as unknown as CapturedMessage, plain, {})).toBe(text);
});
