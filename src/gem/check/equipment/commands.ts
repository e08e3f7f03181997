import { A, L, S, type SecsMessage } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { codeIn, listOf } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import { reported } from './support/control-events.js';
import { altering } from './support/make-rule.js';
import { enabling, numberOf, type ToolProbe } from './support/tool-probe.js';

const UNKNOWN = 'NO-SUCH-COMMAND';
const STRANGER = 'NO-SUCH-PARAMETER';

/** What an event of a CEID is. */
const isEvent =
  (id: number | string | undefined) =>
  ({ name, item }: SecsMessage): boolean =>
    name === 'S6F11' && (id === undefined || readId(item?.at(1)) === id);

/** Remote control (G-65 to G-67). */
export const COMMAND_RULES: readonly GemRule<ToolProbe>[] = [
  altering(
    'G-65a',
    'an unknown command is answered HCACK 1',
    `sends the command ${UNKNOWN}, which a tool must not know`,
    (tool) => tool.wants(S(2, 41).w(L(A(UNKNOWN), L())), 1),
  ),
  altering(
    'G-65b',
    'a parameter that a command does not have is answered HCACK 3, CPACK 1',
    `sends the command that is given with the parameter ${STRANGER}, which a tool must refuse`,
    async (tool) => {
      const body = await tool.body(tool.commanding([STRANGER, A('1')]));
      must(codeIn(body) === 3, `HCACK ${codeIn(body)}`);
      const named = listOf(body.at(1)).map((entry) => [entry.at(0), numberOf(entry.at(1))] as const);
      const found = named.find(([name]) => name?.format === 'A' && name.ascii === STRANGER);
      must(found?.[1] === 1, `the list of S2F42 does not have ${STRANGER} with CPACK 1: ${String(body)}`);
    },
  ),
  altering(
    'G-66',
    'a command answered HCACK 4 is completed by an event',
    'sends the command that is given, with all events enabled',
    async (tool) => {
      const message = tool.commanding();
      await tool.enable();
      tool.forget();
      const code = await tool.code(message);
      needs(code !== 2, `${tool.command?.name ?? ''} cannot be done now (HCACK 2)`);
      must(code === 0 || code === 4, `HCACK ${code}`);
      needs(code === 4, `${tool.command?.name ?? ''} is done at once (HCACK 0)`);
      const completion = tool.index.command(tool.command?.name ?? '')?.completion;
      const event = completion === undefined ? undefined : tool.index.event(completion);
      const came = await tool.next(isEvent(event?.id), tool.times.patience * 6);
      must(came !== undefined, `no event ${completion ?? ''} comes within ${tool.times.patience * 6} s`);
      reported(came);
    },
  ),
  altering(
    'G-67a',
    'S2F49: an unknown command is answered HCACK 1',
    `sends the command ${UNKNOWN}, which a tool must not know`,
    async (tool) => tool.wants(S(2, 49).w(L(await tool.dataId(), A(''), A(UNKNOWN), L())), 1),
  ),
  altering(
    'G-67b',
    'S2F21: an unknown command is answered CMDA 1',
    `sends the command ${UNKNOWN}, which a tool must not know`,
    (tool) => tool.wants(S(2, 21).w(A(UNKNOWN)), 1),
  ),
  altering(
    'G-67c',
    'a command of the operator while REMOTE is told by an event',
    'has a command given, with one event enabled',
    async (tool) => {
      const event = await tool.mustHave('OperatorCommandIssued');
      await tool.keepEvents();
      await tool.wants(enabling(true, event.item), 0);
      tool.forget();
      await tool.operate('giveCommand', 'give a command at the tool while it is REMOTE');
      await tool.comes('S6F11', isEvent(event.id));
    },
    { operator: true },
  ),
];
