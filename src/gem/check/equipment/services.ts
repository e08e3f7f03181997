import { A, B, L, S, type Item } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { parseTime, Zone } from '../../equipment/values/time-format.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering, reading } from './support/make-rule.js';
import { like } from './support/numbers.js';
import { enabling, type ToolProbe } from './support/tool-probe.js';

const SHOWS = "shows a line of text on the tool's terminal, and clears it";
const CLOCK = "moves the tool's clock, and moves it back";
const TEXT = 'rxsecs gem check';

/** How far a clock may be off after it was set, in seconds. */
const TOLERANCE = 5;

const TIMES: readonly (readonly [format: number, pattern: RegExp])[] = [
  [0, /^\d{12}$/],
  [1, /^\d{16}$/],
  [2, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:?\d\d)$/],
];

/** Shows something, which is cleared at the end of the rule. */
function clearLater(tool: ToolProbe): void {
  tool.later('the text on the terminal', async () => void (await tool.ask(S(10, 3).w(L(B(0), A(''))))));
}

async function clock(tool: ToolProbe): Promise<string> {
  const body = await tool.body(S(2, 17).w());
  must(body.format === 'A', `no A: ${String(body)}`);
  return body.ascii;
}

/** The tool's time as the milliseconds that its text stands for, as if it were UTC. */
function momentOf(text: string): number {
  const moment = parseTime(text, new Zone('UTC'));
  must(moment !== undefined, `'${text}' is no time`);
  return moment;
}

/** A text of the same format as another one, so many seconds later. */
function moved(text: string, seconds: number): string {
  const moment = momentOf(text) + seconds * 1000;
  const iso = new Date(moment).toISOString();
  const digits = iso.replace(/\D/g, '');
  if (/^\d{12}$/.test(text)) return digits.slice(2, 14);
  if (/^\d{14}$/.test(text)) return digits.slice(0, 14);
  return /^\d{16}$/.test(text) ? digits.slice(0, 16) : iso;
}

/** Moves the clock; it is moved back at the end of the rule. */
async function moveClock(tool: ToolProbe, seconds: number): Promise<void> {
  const before = await clock(tool);
  const start = tool.clock.now();
  tool.later('the clock', async () => {
    const passed = (tool.clock.now() - start) / 1000;
    await tool.mustAccept(S(2, 31).w(A(moved(before, passed))), 0);
  });
  await tool.wants(S(2, 31).w(A(moved(before, seconds))), 0);
}

const isS10F1 = (item: Item | undefined): boolean =>
  item?.format === 'L' && item.length === 2 && item.list[0]?.format === 'B' && item.list[1]?.format === 'A';

/** Terminal, clock, loopback (G-76 to G-78). */
export const SERVICE_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-77a', 'S2F17 gives the time as A of 12, 14 or 16 digits, or as ISO 8601', async (tool) => {
    const text = await clock(tool);
    must(
      [/^\d{14}$/, ...TIMES.map(([, one]) => one)].some((one) => one.test(text)),
      `no time: '${text}'`,
    );
    momentOf(text);
  }),
  reading('G-78', 'S2F25 gives the same bytes back', async (tool) => {
    const bytes = B(0, 1, 0x7f, 0x80, 0xff);
    const body = await tool.body(S(2, 25).w(bytes));
    must(body.equals(bytes), `other bytes: ${String(body)}`);
  }),
  altering('G-77b', 'S2F31 sets the clock (TIACK 0), and S2F17 tells', CLOCK, async (tool) => {
    const start = momentOf(await clock(tool));
    await moveClock(tool, 3600);
    const found = (momentOf(await clock(tool)) - start) / 1000;
    must(Math.abs(found - 3600) <= TOLERANCE, `the clock was moved by ${found} s, not by 3600 s`);
  }),
  altering('G-77c', 'what is no time is refused (TIACK 1)', 'sends a time that a tool must refuse', (tool) =>
    tool.wants(S(2, 31).w(A('20261399995999')), 1),
  ),
  altering(
    'G-77d',
    'TimeFormat 0, 1 and 2 change what S2F17 gives',
    'sets the constant TimeFormat',
    async (tool) => {
      const constant = await tool.mustHave('TimeFormat');
      const value = await tool.constant(constant);
      for (const [format, pattern] of TIMES) {
        const item = like(value, format);
        needs(item !== undefined, `TimeFormat is ${String(value)}`);
        const code = await tool.set(constant, item);
        must(code === 0, `TimeFormat ${format} is answered EAC ${code}`);
        const text = await clock(tool);
        must(pattern.test(text), `'${text}' comes with TimeFormat ${format}`);
      }
    },
  ),
  altering('G-77e', 'S2F31 takes 12 and 16 digits', CLOCK, async (tool) => {
    await moveClock(tool, 0);
    for (const format of [0, 1] as const) await tool.mustAccept(S(2, 31).w(A(tool.time(format))), 0);
  }),
  altering('G-76a', 'S10F3 is shown: ACKC10 0', SHOWS, async (tool) => {
    clearLater(tool);
    await tool.wants(S(10, 3).w(L(B(0), A(TEXT))), 0);
  }),
  altering(
    'G-76b',
    'a terminal that is not there is answered ACKC10 2',
    'sends text for a terminal that a tool must not have',
    (tool) => tool.wants(S(10, 3).w(L(B(250), A(TEXT))), 2),
  ),
  altering('G-76c', 'S10F5 is shown, or S10F7 says that one line alone can be', SHOWS, async (tool) => {
    clearLater(tool);
    tool.forget();
    const code = await tool.code(S(10, 5).w(L(B(0), L(A(TEXT), A(TEXT)))));
    if (code !== 0) await tool.comes(`S10F7 after ACKC10 ${code}`, 'S10F7', tool.times.quiet);
  }),
  altering('G-76d', 'S10F3 without W-bit is not answered', SHOWS, async (tool) => {
    clearLater(tool);
    await tool.session.send(S(10, 3, L(B(0), A(TEXT))));
    await tool.nothing('an answer comes', ({ stream }) => stream === 10 || stream === 9);
  }),
  altering('G-76e', 'S10F9 is shown: ACKC10 0', SHOWS, async (tool) => {
    clearLater(tool);
    await tool.wants(S(10, 9).w(A(TEXT)), 0);
  }),
  altering(
    'G-76f',
    'a message of the operator comes as S10F1',
    'has a message sent at the terminal',
    async (tool) => {
      await tool.operate('sendMessage', 'send a message to the host at the terminal');
      const told = await tool.comes('S10F1', 'S10F1');
      must(isS10F1(told.item), `no L,2 of TID and TEXT: ${String(told)}`);
    },
    { operator: true },
  ),
  altering(
    'G-76g',
    'an event tells that the operator has read a message',
    `${SHOWS}; has it acknowledged, with one event enabled`,
    async (tool) => {
      const event = await tool.mustHave('MessageRecognition');
      await tool.keepEvents();
      await tool.wants(enabling(true, event.item), 0);
      clearLater(tool);
      await tool.wants(S(10, 3).w(L(B(0), A(TEXT))), 0);
      tool.forget();
      await tool.operate('readMessage', `acknowledge the message "${TEXT}" at the terminal`);
      await tool.comes('S6F11', ({ name, item }) => name === 'S6F11' && readId(item?.at(1)) === event.id);
    },
    { operator: true },
  ),
];
