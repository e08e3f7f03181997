import { BOOLEAN, L, S, U4, type SecsMessage } from '../../../secs2/index.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering, reading } from './support/make-rule.js';
import { tellsOff } from './support/open-event.js';
import type { ToolProbe } from './support/tool-probe.js';

/** What must be answered by a message of stream 9, whose MHEAD names it. */
async function stream9(tool: ToolProbe, message: SecsMessage, wanted: string): Promise<void> {
  const got = await tool.ask(message);
  must(got === wanted, `${message.name} is answered ${String(got)}`);
}

/** W-bit and stream 9 (G-5, G-79). */
export const ERROR_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-5', 'a primary without W-bit is not answered', async (tool) => {
    await tool.session.send(S(1, 1));
    await tool.nothing('S1F1 without W-bit is answered', ({ stream }) => stream === 1);
    const reply = await tool.ask(S(1, 1).w());
    must(typeof reply !== 'string', `S1F1 is answered ${String(reply)} afterwards`);
  }),
  reading('G-79a', 'an unknown stream is answered by S9F3', (tool) => stream9(tool, S(99, 1).w(), 'S9F3')),
  reading('G-79b', 'an unknown function is answered by S9F5', (tool) => stream9(tool, S(1, 99).w(), 'S9F5')),
  reading('G-79c', 'a body that is none is answered by S9F7', (tool) =>
    stream9(tool, S(2, 33).w(BOOLEAN(true)), 'S9F7'),
  ),
  altering(
    'G-79d',
    'an S6F11 that is not answered is reported by S9F9 after T3',
    'enables events, takes the tool OFF-LINE and ON-LINE again, and does not answer an event',
    async (tool) => {
      await tellsOff(tool);
      const wait = 60 + tool.times.patience;
      const reported = await tool.next(({ name }) => name === 'S9F9', wait);
      must(reported !== undefined, `S9F9 does not come within ${wait} s`);
    },
  ),
  altering(
    'G-79e',
    'a granted inquire that nothing follows is reported by S9F13',
    'announces a message that does not come',
    async (tool) => {
      const code = await tool.code(S(2, 39).w(L(await tool.dataId(), U4(1000))));
      needs(code === 0, `S2F39 is answered GRANT ${code}`);
      tool.forget();
      const wait = 60 + tool.times.patience;
      const reported = await tool.next(({ name }) => name === 'S9F13', wait);
      must(reported !== undefined, `S9F13 does not come within ${wait} s`);
      const body = reported.message.item;
      must(body?.format === 'L' && body.length === 2, `no L,2 of MEXP and EDID: ${String(reported.message)}`);
    },
  ),
];
