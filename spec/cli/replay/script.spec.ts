import type { CaptureEvent } from '../../../src/capture/index.js';
import { Recording, type ScriptOptions } from '../../../src/cli/replay/script.js';
import { HsmsPacket } from '../../../src/index.js';

type More = Readonly<Record<string, unknown>>;

/** A data message from one end to the other, as `S1F1 W 7`: its name, W-bit and system bytes. */
function said(from: string | undefined, text: string, more: More = {}): CaptureEvent {
  const [, stream, fn, w, system] = /^S(\d+)F(\d+)( W)? (\d+)$/.exec(text) ?? [];
  const fields = { sessionId: 1, stream: Number(stream), function: Number(fn), systemBytes: Number(system) };
  const packet = HsmsPacket.data({ ...fields, wBit: w !== undefined });
  const to = from === 'host' ? 'tool' : 'host';
  const event = {
    kind: 'message',
    time: undefined,
    packet,
    from,
    to: from === undefined ? undefined : to,
    ...more,
  };
  return event as unknown as CaptureEvent;
}
const logged = (dir: 'in' | 'out', text: string, redacted?: object): CaptureEvent =>
  said(undefined, text, { record: { dir, redacted } });
const notice = (event: object): CaptureEvent => event as CaptureEvent;
const opened = notice({ kind: 'opened', fromStart: true, from: 'host', to: 'tool' });
const select = said('host', 'S1F1 1', { packet: HsmsPacket.selectReq(1) });
const talk = [
  said('host', 'S1F13 W 1'),
  said('tool', 'S1F14 1'),
  said('tool', 'S6F11 W 5'),
  said('host', 'S6F12 5'),
  said('tool', 'S5F1 6'),
];
const log = [logged('out', 'S1F13 W 1'), logged('in', 'S1F14 1'), logged('in', 'S5F1 6')];

/** The steps in short, the session, and what is remarked. */
function play(events: readonly CaptureEvent[], options: Partial<ScriptOptions> = {}): readonly string[] {
  const recording = new Recording();
  for (const event of events) recording.add(event);
  const { steps, remarks } = recording.script({ side: undefined, usual: 'active', ...options });
  return [steps.map(({ kind, message }) => `${kind} ${message.packet.message.name}`).join(', '), ...remarks];
}

const asHost = 'send S1F13, await S1F14, expect S6F11, answer S6F12, expect S5F1';
const asTool = 'expect S1F13, answer S1F14, send S6F11, await S6F12, send S5F1';

it.each<[string, readonly CaptureEvent[], Partial<ScriptOptions>, string]>([
  ['who has connected', [opened, ...talk], {}, asHost],
  ['who has asked to be selected', [select, ...talk], {}, asHost],
  ['the other side', [opened, ...talk], { side: 'passive' }, asTool],
  ['the usual side', [opened, ...talk], { usual: 'passive' }, asTool],
  ['who has written a log', log, {}, 'send S1F13, await S1F14, expect S5F1'],
  ['the peer of who has written a log', log, { side: 'in' }, 'expect S1F13, answer S1F14, send S5F1'],
])('plays %s', (_what, events, options, steps) => expect(play(events, options)).toEqual([steps]));

it.each<[string, readonly CaptureEvent[], readonly string[]]>([
  [
    'a request without its reply',
    [opened, said('host', 'S1F1 W 1')],
    ['send S1F1', '1 request without a reply in the recording: any is accepted'],
  ],
  [
    'two of them',
    [opened, said('host', 'S1F1 W 1'), said('host', 'S1F1 W 2')],
    ['send S1F1, send S1F1', '2 requests without a reply in the recording: any is accepted'],
  ],
  [
    'a reply without its request',
    [opened, said('tool', 'S1F2 1')],
    [
      '',
      'the side that is played has sent no data message',
      'replies left out, since what they answer is not in the recording or was not sent: 1',
    ],
  ],
  [
    'what was left out of the log',
    [logged('out', 'S7F3 W 1', { bytes: 5, rule: 'x' })],
    ['', '1 message cannot be sent: the log left out what is in them'],
  ],
  [
    'what was lost',
    [
      opened,
      said('host', 'S1F1 1'),
      notice({ kind: 'gap', bytes: 1 }),
      notice({ kind: 'skipped', bytes: 1 }),
      notice({ kind: 'fault', text: 'a fault' }),
      notice({ kind: 'record', record: { type: 'dropped', records: 4 } }),
      notice({ kind: 'record', record: { type: 'event' } }),
      notice({ kind: 'opened', fromStart: false, from: 'tool' }),
    ],
    [
      'send S1F1',
      'a fault',
      'the log says that 4 of its records were dropped',
      '2 times bytes or messages are missing in the capture',
    ],
  ],
])('remarks on %s', (_what, events, wanted) => {
  expect(play(events)).toEqual(wanted);
});

it.each<[string, readonly CaptureEvent[], Partial<ScriptOptions>, string]>([
  ['nothing', [opened], {}, 'there is no data message to play in the recording'],
  ['nothing of a session', [opened, ...talk], { session: 2 }, 'there is no data message to play'],
  ['a capture with a direction', talk, { side: 'out' }, '--side out needs a wire log with directions'],
  [
    'no connect',
    talk,
    {},
    'the recording has no connect and no Select: say with --from whose part is played (host, tool)',
  ],
  [
    'several peers',
    [opened, ...talk, said('host', 'S1F1 9', { to: 'other' })],
    {},
    'the recording has several peers: choose one with --only (tool, other)',
  ],
  [
    'several sessions',
    [
      opened,
      ...talk,
      said('host', 'S1F1 9', {
        packet: HsmsPacket.data({ sessionId: 3, stream: 1, function: 1, systemBytes: 9 }),
      }),
    ],
    {},
    'the recording is of the sessions 1, 3: choose one with --session',
  ],
])('cannot play %s', (_what, events, options, text) => expect(() => play(events, options)).toThrow(text));

it('refuses a recording that does not fit into memory', () => {
  const recording = new Recording();
  const large = said('host', 'S7F3 1');
  Object.defineProperty((large as { packet: HsmsPacket }).packet, 'length', { value: 200 * 1024 * 1024 });
  recording.add(large);
  expect(() => recording.add(large)).toThrow('the recording holds more than 268435456 bytes of messages');
});
