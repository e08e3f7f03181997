import { A, B, L, S, U1, U4, type Item, type SecsMessage } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { listOf } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering, reading } from './support/make-rule.js';
import { enabling, type ToolProbe } from './support/tool-probe.js';

const OWN = 'stores a process program of its own, RXSECS-CHECK, and deletes it';
const PPID = A('RXSECS-CHECK');
const UNKNOWN = A('RXSECS-NO-SUCH-PP');

const sending = (body: Item, ppid: Item = PPID): SecsMessage => S(7, 3).w(L(ppid, body));
const deleting = (...ppids: readonly Item[]): SecsMessage => S(7, 17).w(L(...ppids));

async function names(tool: ToolProbe): Promise<readonly (number | string | undefined)[]> {
  return listOf(await tool.body(S(7, 19).w())).map(readId);
}

/** Stores a process program, which is deleted at the end of the rule. SKIP where the tool takes none of a stranger. */
async function store(tool: ToolProbe, body: Item): Promise<void> {
  const before = await names(tool);
  needs(!before.includes('RXSECS-CHECK'), 'the tool has a process program RXSECS-CHECK');
  tool.later('RXSECS-CHECK', async () => {
    if ((await names(tool)).includes('RXSECS-CHECK')) await tool.mustAccept(deleting(PPID), 0);
  });
  const code = await tool.code(sending(body));
  needs(code !== 1 && code !== 5, `the tool takes no process program now: ACKC7 ${code}`);
  must(code === 0, `S7F3 is answered ACKC7 ${code}`);
}

/** The body of a process program as the tool gives it; undefined where it has none. */
async function fetch(tool: ToolProbe, ppid: Item = PPID): Promise<Item | undefined> {
  const body = await tool.served(S(7, 5).w(ppid));
  if (body.format !== 'L' || body.length !== 2) return undefined;
  return body.list[1];
}

/** Process programs (G-70 to G-74). */
export const RECIPE_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-70a', 'S7F5 answers an unknown PPID with L,0', async (tool) => {
    const body = await tool.body(S(7, 5).w(UNKNOWN));
    must(body.format === 'L' && body.length === 0, `no L,0: ${String(body)}`);
  }),
  reading('G-70b', 'S7F19 lists the PPIDs, each once', async (tool) => {
    const found = await names(tool);
    must(!found.includes(undefined), 'an entry is no PPID');
    must(new Set(found).size === found.length, 'a PPID comes twice');
  }),
  reading('G-72a', 'S7F25 answers an unknown PPID with L,0', async (tool) => {
    const body = await tool.body(S(7, 25).w(UNKNOWN));
    must(body.format === 'L' && body.length === 0, `no L,0: ${String(body)}`);
  }),
  altering('G-70c', 'a process program is stored (ACKC7 0), listed, and deleted', OWN, async (tool) => {
    await store(tool, A('rxsecs'));
    must((await names(tool)).includes('RXSECS-CHECK'), 'S7F19 does not list it');
    await tool.mustAccept(deleting(PPID), 0);
    must(!(await names(tool)).includes('RXSECS-CHECK'), 'S7F19 lists it after it was deleted');
  }),
  altering(
    'G-70d',
    'an unknown PPID cannot be deleted: ACKC7 4',
    'deletes a process program that a tool must not have',
    (tool) => tool.wants(deleting(UNKNOWN), 4),
  ),
  altering('G-70e', 'all or nothing: with an unknown PPID beside it none is deleted', OWN, async (tool) => {
    await store(tool, A('rxsecs'));
    const code = await tool.code(deleting(PPID, UNKNOWN));
    must(code !== 0, 'S7F17 is answered ACKC7 0');
    must((await names(tool)).includes('RXSECS-CHECK'), 'the one that is there was deleted');
  }),
  altering('G-70f', 'S7F3 with a PPID that is there replaces it', OWN, async (tool) => {
    await store(tool, A('first'));
    await tool.mustAccept(sending(A('second')), 0);
    const body = await fetch(tool);
    must(body?.equals(A('second')) === true, `its body is ${String(body)}`);
  }),
  altering(
    'G-70g',
    'S7F1 is granted for a new PPID (PPGNT 0)',
    'announces a process program that does not come',
    async (tool) => {
      await tool.wants(S(7, 1).w(L(UNKNOWN, U4(10))), 0);
    },
  ),
  altering('G-71', 'a body comes back byte for byte, in its format', OWN, async (tool) => {
    await store(tool, A('rxsecs\r\n\t"'));
    for (const body of [A('rxsecs\r\n\t"'), B(0, 1, 0x7f, 0x80, 0xff), U1(0, 128, 255)]) {
      await tool.mustAccept(sending(body), 0);
      const found = await fetch(tool);
      must(found?.equals(body) === true, `${String(found)} came for ${String(body)}`);
    }
  }),
  altering(
    'G-72b',
    'the verdict on a formatted process program follows by S7F27',
    `${OWN}, a copy of a formatted one`,
    async (tool) => {
      let program: readonly Item[] | undefined;
      for (const ppid of listOf(await tool.body(S(7, 19).w()))) {
        const body = await tool.ask(S(7, 25).w(ppid));
        const item = typeof body === 'string' ? undefined : body.item;
        if (item?.format === 'L' && item.length === 4) program ??= item.list;
      }
      needs(program !== undefined, 'the tool has no formatted process program');
      tool.later('RXSECS-CHECK', async () => {
        if ((await names(tool)).includes('RXSECS-CHECK')) await tool.mustAccept(deleting(PPID), 0);
      });
      tool.forget();
      await tool.wants(S(7, 23).w(L(PPID, ...program.slice(1))), 0);
      const verdict = await tool.comes('S7F27', 'S7F27');
      const { item } = verdict;
      const isVerdict = item?.format === 'L' && item.length === 2 && item.list[1]?.format === 'L';
      must(
        isVerdict && readId(item.list[0]) === 'RXSECS-CHECK',
        `no L,2 of PPID and faults: ${String(verdict)}`,
      );
    },
  ),
  altering(
    'G-74',
    'an event tells of a process program that was created',
    `${OWN}, with events enabled`,
    async (tool) => {
      const event = await tool.mustHave('ProcessProgramChange');
      await tool.keepEvents();
      const rptid = await tool.report(
        1,
        (await tool.mustHave('PPChangeName')).item,
        (await tool.mustHave('PPChangeStatus')).item,
      );
      await tool.wants(await tool.linking(event.item, rptid), 0);
      await tool.mustAccept(enabling(true, event.item), 0);
      tool.forget();
      await store(tool, A('rxsecs'));
      const told = await tool.comes(
        'S6F11',
        ({ name, item }) => name === 'S6F11' && readId(item?.at(1)) === event.id,
      );
      const report = listOf(told.item?.at(2)).find((one) => readId(one.at(0)) === readId(rptid));
      const [name, status] = listOf(report?.at(1));
      must(readId(name) === 'RXSECS-CHECK', `PPChangeName is ${String(name)}`);
      must(readId(status) === 1, `PPChangeStatus is ${String(status)}, not 1`);
    },
  ),
];
