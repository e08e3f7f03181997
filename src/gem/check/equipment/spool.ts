import { A, B, BOOLEAN, L, S, U1, U4, type SecsMessage } from '../../../secs2/index.js';
import { codeIn, listOf, type Arrival } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering } from './support/make-rule.js';
import { numberOf, type ToolProbe } from './support/tool-probe.js';

const REFUSED = 'chooses streams for the spool that a tool must refuse';
const SPOOLS = 'enables spooling, has a trace run while the link is down, and empties the spool';
const TRANSMIT = 0;
const PURGE = 1;
/** RSDA: there is nothing. */
const NOTHING = 2;

const asking = (rsdc: number): SecsMessage => S(6, 23).w(U1(rsdc));
const choosing = (stream: number, ...functions: readonly number[]): SecsMessage =>
  S(2, 43).w(L(L(U1(stream), L(...functions.map((fn) => U1(fn))))));

/** SpoolCountActual. */
async function count(tool: ToolProbe): Promise<number> {
  return numberOf(await tool.value(await tool.mustHave('SpoolCountActual'))) ?? -1;
}

/** STRACK of a choice that must be refused whole. */
async function wantsStrack(tool: ToolProbe, message: SecsMessage, wanted: number): Promise<void> {
  const body = await tool.body(message);
  must(codeIn(body) === 1, `S2F44 has RSPACK ${codeIn(body)}, not 1`);
  const found = listOf(body.at(1)).map((entry) => numberOf(entry.at(1)));
  must(found.includes(wanted), `STRACK ${found.join()} came, not ${wanted}`);
}

/** Takes the link down for a while in which the tool has messages: SKIP where none of them are in the spool afterwards. */
async function spool(tool: ToolProbe): Promise<number> {
  const enabled = await tool.mustHave('EnableSpooling');
  needs((await count(tool)) === 0, 'there are messages in the spool, which are not the check’s to fetch');
  tool.later('the spool', async () => {
    // Until nothing is left: a tool may send part of it at a time.
    for (let tries = 0; tries < 10 && (await tool.code(asking(PURGE))) === 0; tries++)
      await tool.pass(tool.times.quiet / 4);
  });
  const trid = await tool.unused('TRID');
  const svid = (await tool.someSv()).item;
  const trace = (total: number): SecsMessage => S(2, 23).w(L(trid, A('000001'), U4(total), U4(1), L(svid)));
  tool.later('the trace', async () => void (await tool.code(trace(0))));
  const now = await tool.constant(enabled);
  const eac = await tool.set(enabled, now.format === 'BOOLEAN' ? BOOLEAN(true) : U1(1));
  needs(eac === 0, `EnableSpooling is answered EAC ${eac}`);
  await tool.wants(trace(100), 0);
  await tool.reconnect(4.5);
  await tool.mustAccept(trace(0), 0);
  return count(tool);
}

/** The spool as it must be filled. */
async function filled(tool: ToolProbe): Promise<number> {
  const inIt = await spool(tool);
  must(inIt >= 2, `SpoolCountActual is ${inIt} after 4 samples without a link`);
  return inIt;
}

const smplnOf = ({ message }: Arrival): number => numberOf(message.item?.at(1)) ?? -1;

/** Spooling (G-85 to G-90). */
export const SPOOL_RULES: readonly GemRule<ToolProbe>[] = [
  altering('G-87a', 'S2F43 for stream 1 is refused: RSPACK 1, STRACK 1', REFUSED, (tool) =>
    wantsStrack(tool, choosing(1), 1),
  ),
  altering('G-87b', 'S2F43 for an unknown stream is refused: STRACK 2', REFUSED, (tool) =>
    wantsStrack(tool, choosing(99), 2),
  ),
  altering('G-87c', 'S2F43 for an unknown function is refused: STRACK 3', REFUSED, (tool) =>
    wantsStrack(tool, choosing(6, 99), 3),
  ),
  altering('G-87d', 'S2F43 for a secondary is refused: STRACK 4', REFUSED, (tool) =>
    wantsStrack(tool, choosing(6, 12), 4),
  ),
  altering(
    'G-87e',
    'S2F43 chooses a stream (RSPACK 0)',
    'chooses stream 6 for the spool',
    async (tool) => {
      await tool.wants(choosing(6), 0);
    },
    { loses: 'the streams that were chosen for the spool: all that can be read of them is nothing' },
  ),
  altering(
    'G-88a',
    'S6F23 with an empty spool is answered RSDA 2',
    'asks for the spool, which is empty',
    async (tool) => {
      needs((await count(tool)) === 0, 'there are messages in the spool');
      await tool.wants(asking(TRANSMIT), NOTHING);
    },
  ),
  altering(
    'G-85',
    'what cannot be sent without a link is in the spool',
    SPOOLS,
    async (tool) => void (await filled(tool)),
  ),
  altering(
    'G-86',
    'nothing of the spool, and no other primary but of stream 1 and 9, leaves before S6F23',
    SPOOLS,
    async (tool) => {
      tool.forget();
      await filled(tool);
      await tool.nothing(
        'it leaves',
        ({ stream, function: fn }) => fn % 2 === 1 && stream !== 1 && stream !== 9,
      );
    },
  ),
  altering(
    'G-88b',
    'S6F23 transmits the oldest first, one at a time, until none is left',
    SPOOLS,
    async (tool) => {
      await filled(tool);
      tool.forget();
      tool.on('S6F1', 'silence');
      await tool.mustAccept(asking(TRANSMIT), 0);
      const numbers: number[] = [];
      for (;;) {
        const one = await tool.next('S6F1', numbers.length === 0 ? tool.times.patience : tool.times.quiet);
        if (one === undefined) break;
        await tool.nothing(
          'a second message comes before the first is answered',
          'S6F1',
          tool.times.quiet / 2,
        );
        numbers.push(smplnOf(one));
        one.answer(B(0));
      }
      const sorted = [...numbers].sort((a, b) => a - b);
      must(numbers.length >= 2, `${numbers.length} messages come`);
      must(numbers.join() === sorted.join(), `SMPLN ${numbers.join()} is their order`);
      const left = await count(tool);
      must(left === 0, `SpoolCountActual is ${left} afterwards`);
    },
  ),
  altering('G-88c', 'S6F23 purges: the spool is empty, and nothing of it comes', SPOOLS, async (tool) => {
    await filled(tool);
    tool.forget();
    await tool.mustAccept(asking(PURGE), 0);
    await tool.nothing('S6F1 comes', 'S6F1');
    const left = await count(tool);
    must(left === 0, `SpoolCountActual is ${left} afterwards`);
  }),
];
