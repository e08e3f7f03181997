import { A, B, L, S, type Item } from '../../../secs2/index.js';
import { codeIn } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering, reading } from './support/make-rule.js';
import { numberOf, type ToolProbe } from './support/tool-probe.js';

const CUTS = 'ends the link and makes it again';

/** Seconds between two S1F13 of the tool. */
async function establishTimeout(tool: ToolProbe): Promise<number> {
  const constant = await tool.role('EstablishCommunicationsTimeout');
  const value = constant === undefined ? undefined : numberOf(await tool.constant(constant));
  return Math.max(1, value ?? 10);
}

/** A new link on which the tool's S1F13 is denied (COMMACK 1), so that it is NOT COMMUNICATING. */
async function denied(tool: ToolProbe): Promise<void> {
  await tool.cut();
  tool.relinkLater();
  tool.on('S1F13', L(B(1), L()));
  await tool.link();
  needs((await tool.next('S1F13')) !== undefined, 'the tool sends no S1F13 of its own');
}

const identity = (item: Item | undefined): boolean =>
  item?.format === 'L' &&
  item.length === 2 &&
  item.list.every((text) => text.format === 'A' && text.length <= 20);

/** Communication states (G-10 to G-16). */
export const COMMUNICATION_RULES: readonly GemRule<ToolProbe>[] = [
  reading(
    'G-14',
    'S1F13 is answered COMMACK 0 while communicating, and nothing else changes',
    async (tool) => {
      await tool.wants(S(1, 13).w(L()), 0);
      await tool.wants(S(1, 13).w(L()), 0);
      const reply = await tool.ask(S(1, 1).w());
      must(typeof reply !== 'string', `S1F1 is answered ${String(reply)} after S1F13`);
    },
  ),
  reading('G-15a', 'S1F14 carries MDLN and SOFTREV, A of 20 at most', async (tool) => {
    const body = await tool.body(S(1, 13).w(L()));
    const who = body.format === 'L' ? body.list[1] : undefined;
    must(identity(who), `no L,2 of A to 20: ${String(body)}`);
  }),
  reading('G-15b', 'S1F13 is accepted with L,2 and without a body too', async (tool) => {
    await tool.wants(S(1, 13).w(L(A('RXSECS'), A('1'))), 0);
    await tool.wants(S(1, 13).w(), 0);
  }),
  altering('G-10a', 'the tool sends S1F13 by itself on each new link', CUTS, async (tool) => {
    await tool.cut();
    tool.later('communications', () => tool.establish());
    await tool.link();
    await tool.comes('S1F13', 'S1F13');
  }),
  altering('G-15c', 'its own S1F13 carries MDLN and SOFTREV', CUTS, async (tool) => {
    await tool.cut();
    tool.later('communications', () => tool.establish());
    await tool.link();
    const own = await tool.next('S1F13');
    needs(own !== undefined, 'the tool sends no S1F13 of its own');
    must(identity(own.message.item), `no L,2 of A to 20: ${String(own.message)}`);
  }),
  altering(
    'G-10b',
    'S1F13 that was denied is sent again after EstablishCommunicationsTimeout',
    CUTS,
    async (tool) => {
      const seconds = await establishTimeout(tool);
      await denied(tool);
      await tool.comes('S1F13 again', 'S1F13', seconds + tool.times.patience);
    },
  ),
  altering(
    'G-10c',
    'the host establishes communications while the tool waits to try again',
    CUTS,
    async (tool) => {
      await denied(tool);
      await tool.pass(tool.times.quiet / 4);
      await tool.mustAccept(S(1, 13).w(L()), 0);
      const reply = await tool.ask(S(1, 1).w());
      must(typeof reply !== 'string' || reply === 'aborted', `S1F1 is answered ${String(reply)} afterwards`);
    },
  ),
  altering('G-12', 'NOT COMMUNICATING: S1F3 is not served, and S1F13 sent at once', CUTS, async (tool) => {
    const svid = (await tool.someSv()).item;
    await denied(tool);
    await tool.pass(tool.times.quiet / 4);
    await tool.session.send(S(1, 3).w(L(svid)));
    await tool.comes('S1F13 after another message', 'S1F13', Math.max(0.5, tool.times.quiet / 2));
    await tool.nothing('S1F3 is answered', 'S1F4', tool.times.quiet / 2);
  }),
  altering(
    'G-13',
    'S1F13 of both sides that cross are both answered, and a late S1F14 does no harm',
    CUTS,
    async (tool) => {
      await tool.cut();
      tool.relinkLater();
      tool.on('S1F13', 'silence');
      await tool.link();
      const body = await tool.served(S(1, 13).w(L()));
      must(codeIn(body) === 0, `S1F13 is answered COMMACK ${codeIn(body)} while the tool's own is open`);
      const own = await tool.next('S1F13', tool.times.quiet);
      needs(own !== undefined, 'the tool sends no S1F13 of its own');
      own.answer(L(B(0), L()));
      await tool.pass(tool.times.quiet / 2);
      const reply = await tool.ask(S(1, 13).w(L()));
      must(typeof reply !== 'string', `S1F13 is answered ${String(reply)} after the late S1F14`);
    },
  ),
  altering('G-24', 'a lost link does not move the control state', CUTS, async (tool) => {
    const before = await tool.controlState();
    needs(before >= 4, 'the tool is OFF-LINE');
    await tool.reconnect(tool.times.quiet / 2);
    const reply = await tool.ask(S(1, 1).w());
    must(reply !== 'aborted', 'the tool is OFF-LINE after the link was lost');
    const after = await tool.controlState();
    must(after === before, `ControlState was ${before} and is ${after}`);
  }),
];
