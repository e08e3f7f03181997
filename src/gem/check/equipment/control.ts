import { L, S, type SecsMessage } from '../../../secs2/index.js';
import { must, needs, type GemRule } from '../rule.js';
import { controlEvents, switched } from './support/control-events.js';
import { altering, reading } from './support/make-rule.js';
import type { ToolProbe } from './support/tool-probe.js';

const OFF = 'takes the tool OFF-LINE and ON-LINE again';

async function mustBeAborted(tool: ToolProbe, message: SecsMessage): Promise<void> {
  const reply = await tool.ask(message);
  must(
    reply === 'aborted',
    `${message.name} is answered ${String(reply)} while OFF-LINE, not S${message.stream}F0`,
  );
}

/** Control states (G-20 to G-25). */
export const CONTROL_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-94', 'S1F1 is answered with MDLN and SOFTREV', async (tool) => {
    const body = await tool.body(S(1, 1).w());
    must(body.format === 'L' && body.length === 2, `no L,2: ${String(body)}`);
  }),
  reading('G-20a', 'ControlState is 4 or 5 while the tool serves its host', async (tool) => {
    const state = await tool.controlState();
    must(state === 4 || state === 5, `ControlState is ${state}`);
  }),
  altering('G-20b', 'S1F15 takes it OFF-LINE (OFLACK 0), S1F17 ON-LINE (ONLACK 0)', OFF, async (tool) => {
    await tool.goOffLine();
    await tool.goOnLine();
    const reply = await tool.ask(S(1, 1).w());
    must(typeof reply !== 'string', `S1F1 is answered ${String(reply)} after ONLACK 0`);
  }),
  altering(
    'G-20c',
    'an event tells of OFF-LINE, and another one of LOCAL or REMOTE',
    `${OFF} with all events enabled`,
    async (tool) => {
      const { off, on } = await controlEvents(tool);
      must(off.length > 0, 'no S6F11 comes after S1F16');
      must(on.length > 0, 'no S6F11 comes after S1F18');
    },
  ),
  altering(
    'G-20e',
    'S1F16 and S1F18 come before the events that tell of it',
    `${OFF} with all events enabled`,
    async (tool) => {
      await tool.enable();
      tool.forget();
      const { off, on } = await switched(tool);
      needs(off.length > 0 && on.length > 0, 'no events come');
      const order = tool.order.filter((name) => /^S(1F1[68]|6F11)$/.test(name));
      must(order[0] === 'S1F16', `${order[0] ?? ''} comes before S1F16`);
      const at = order.indexOf('S1F18');
      const before = order.slice(1, at);
      must(before.length === off.length, 'S6F11 comes between S1F17 and S1F18');
    },
  ),
  altering(
    'G-20d',
    "the operator's switch moves LOCAL and REMOTE, and an event tells of each",
    'has the tool switched to LOCAL and to REMOTE, with all events enabled',
    async (tool) => {
      await tool.enable();
      for (const [kind, state] of [
        ['local', 4],
        ['remote', 5],
      ] as const) {
        await tool.operate(kind, `switch the tool to ${kind.toUpperCase()}`);
        if (kind === 'local') tool.later('REMOTE', () => tool.operate('remote', 'switch the tool to REMOTE'));
        await tool.comes(`S6F11 of ${kind.toUpperCase()}`, 'S6F11');
        const found = await tool.controlState();
        must(found === state, `ControlState is ${found} in ${kind.toUpperCase()}`);
      }
    },
    { operator: true },
  ),
  altering('G-22a', 'OFF-LINE: any primary but S1F13 and S1F17 is answered by SxF0', OFF, async (tool) => {
    await tool.goOffLine();
    for (const message of [S(1, 1).w(), S(1, 3).w(L()), S(2, 13).w(L()), S(1, 15).w()])
      await mustBeAborted(tool, message);
  }),
  altering(
    'G-22b',
    'OFF-LINE: S1F13 is answered COMMACK 0, and the tool stays OFF-LINE',
    OFF,
    async (tool) => {
      await tool.goOffLine();
      await tool.mustAccept(S(1, 13).w(L()), 0);
      await mustBeAborted(tool, S(1, 1).w());
    },
  ),
  altering('G-22c', 'OFF-LINE: what wants no reply is dropped', OFF, async (tool) => {
    await tool.goOffLine();
    await tool.session.send(S(1, 3, L()));
    await tool.nothing('S1F3 without W-bit is answered', ({ stream }) => stream === 1);
  }),
  altering(
    'G-23a',
    'S1F17 while ON-LINE is answered ONLACK 2',
    'asks the tool, which is ON-LINE, to go there',
    (tool) => tool.wants(S(1, 17).w(), 2),
  ),
  altering(
    'G-23b',
    "S1F17 after the operator's OFF-LINE is answered ONLACK 1",
    'has the tool switched OFF-LINE and ON-LINE',
    async (tool) => {
      await tool.operate('offLine', 'switch the tool OFF-LINE');
      tool.later('ON-LINE', async () => {
        await tool.operate('onLine', 'switch the tool ON-LINE');
        await tool.pass(tool.times.quiet / 2);
      });
      const reply = await tool.ask(S(1, 17).w());
      // Some tools abort it.
      if (reply !== 'aborted') await tool.mustAccept(S(1, 17).w(), 1);
    },
    { operator: true },
  ),
  altering(
    'G-25',
    'LOCAL: information is served, a command that starts processing is refused',
    'sends the command that is given while the tool is LOCAL, which must refuse it',
    async (tool) => {
      const { command } = tool;
      needs(command !== undefined, 'no command is given that may be sent');
      await tool.operate('local', 'switch the tool to LOCAL');
      tool.later('REMOTE', () => tool.operate('remote', 'switch the tool to REMOTE'));
      await tool.served(S(1, 1).w());
      await tool.served(S(1, 3).w(L((await tool.someSv()).item)));
      const code = await tool.code(tool.commanding());
      must(code !== 0 && code !== 4, `${command.name} is answered HCACK ${code} while LOCAL`);
    },
    { operator: true },
  ),
];
