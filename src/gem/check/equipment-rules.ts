import { A, B, BOOLEAN, L, S, U1, U2, U4, U8, type Item } from '../../secs2/index.js';
import { readId } from '../model/id.js';
import { must, RuleSkip, type GemRule, type RuleContext } from './rule.js';

/** An id that no tool has. */
const NONE = 4_294_967_001;

const isEmptyText = (item: Item | undefined): boolean =>
  item !== undefined && item.format !== 'L' && item.length === 0;

/** Rows of a list of names: each a list of so many, its first an id. */
async function rows(
  context: RuleContext,
  message: ReturnType<typeof S>,
  width: number,
): Promise<readonly Item[]> {
  const { list } = listOf(await context.body(message));
  for (const row of list) {
    must(row.format === 'L' && row.length === width, `an entry is no list of ${width}: ${String(row)}`);
    must(readId(row.at(0)) !== undefined, `an entry does not begin with an id: ${String(row)}`);
  }
  return list;
}

function listOf(item: Item): Item {
  must(item.format === 'L', `the body is no list: ${String(item)}`);
  return item;
}

/** The acknowledge code of a reply, in its body or first in its list. */
async function code(context: RuleContext, message: ReturnType<typeof S>): Promise<number> {
  const body = await context.body(message);
  const item = body.format === 'L' ? body.list[0] : body;
  must(item?.format === 'B' && item.length === 1, `the reply has no acknowledge code: ${String(body)}`);
  return item.binary[0] ?? -1;
}

async function mustAnswer(
  context: RuleContext,
  message: ReturnType<typeof S>,
  ...codes: number[]
): Promise<void> {
  const got = await code(context, message);
  must(codes.includes(got), `${message.name} was answered ${got}, not ${codes.join(' or ')}`);
}

/** A list of names: all are told for n=0, and of an unknown id the id with empty texts. */
function names(id: string, fn: number, stream: number, width: number, what: string): GemRule[] {
  return [
    {
      id: `${id}a`,
      what: `S${stream}F${fn} with an empty list names all ${what}, each once`,
      run: async (context: RuleContext): Promise<void> => {
        const ids = (await rows(context, S(stream, fn).w(L()), width)).map((row) => readId(row.at(0)));
        must(new Set(ids).size === ids.length, 'an id comes twice');
      },
    },
    {
      id: `${id}b`,
      what: `S${stream}F${fn} answers an unknown id with that id and empty texts`,
      run: async (context: RuleContext): Promise<void> => {
        const [row, more] = await rows(context, S(stream, fn).w(L(U4(NONE))), width);
        must(row !== undefined && more === undefined, 'one id was asked, and not one entry came');
        must(readId(row.at(0)) === NONE, `another id came: ${String(row)}`);
        must(isEmptyText(row.at(1)), `the name is not empty: ${String(row)}`);
      },
    },
  ];
}

async function someSvid(context: RuleContext): Promise<number> {
  const [row] = await rows(context, S(1, 11).w(L()), 3);
  const id = readId(row?.at(0));
  if (typeof id !== 'number' || id > 0xffff) throw new RuleSkip('the tool names no SVID of 0 to 65535');
  return id;
}

const RPTID = U4(NONE);
const report = (...vids: number[]): Item => L(U4(0), L(L(RPTID, L(...vids.map((vid) => U4(vid))))));

/** What can be judged of an equipment from outside, in the order in which it is judged. */
export const EQUIPMENT_RULES: readonly GemRule[] = [
  {
    id: 'G-14',
    what: 'S1F13 is answered COMMACK 0, while communicating too',
    run: async (context: RuleContext): Promise<void> => {
      await mustAnswer(context, S(1, 13).w(L()), 0);
      await mustAnswer(context, S(1, 13).w(L()), 0);
    },
  },
  {
    id: 'G-15',
    what: 'S1F14 carries MDLN and SOFTREV, A of 20 at most',
    run: async (context: RuleContext): Promise<void> => {
      const body = await context.body(S(1, 13).w(L()));
      const who = body.format === 'L' ? body.list[1] : undefined;
      must(who?.format === 'L' && who.length === 2, `no L,2 of MDLN and SOFTREV: ${String(body)}`);
      for (const text of who.list)
        must(text.format === 'A' && text.length <= 20, `no A of 20 at most: ${String(text)}`);
    },
  },
  {
    id: 'G-94',
    what: 'S1F1 is answered with MDLN and SOFTREV',
    run: async (context: RuleContext): Promise<void> => {
      const body = await context.body(S(1, 1).w());
      must(body.format === 'L' && body.length === 2, `no L,2: ${String(body)}`);
    },
  },
  {
    id: 'G-2',
    what: 'ids compare by value: U2, U4 and U8 of one SVID give one value',
    run: async (context: RuleContext): Promise<void> => {
      const id = await someSvid(context);
      for (const item of [U2(id), U4(id), U8(id)]) {
        const { list } = listOf(await context.body(S(1, 3).w(L(item))));
        const isThere = list.length === 1 && !(list[0]?.format === 'L' && list[0].length === 0);
        must(isThere, `SVID ${id} as ${item.format} was not found`);
      }
    },
  },
  {
    id: 'G-30a',
    what: 'S1F3 with an empty list gives all SVs that S1F11 names',
    run: async (context: RuleContext): Promise<void> => {
      const named = (await rows(context, S(1, 11).w(L()), 3)).length;
      const { length } = listOf(await context.body(S(1, 3).w(L())));
      must(named === length, `S1F11 names ${named}, S1F3 gives ${length}`);
    },
  },
  {
    id: 'G-30b',
    what: 'S1F3 answers an unknown SVID with L,0',
    run: async (context: RuleContext): Promise<void> => {
      const body = listOf(await context.body(S(1, 3).w(L(U4(NONE)))));
      const [value] = body.list;
      must(body.length === 1 && value?.format === 'L' && value.length === 0, `no L,0: ${String(body)}`);
    },
  },
  ...names('G-31', 11, 1, 3, 'SVs'),
  ...names('G-31-', 29, 2, 6, 'ECs'),
  ...names('G-32', 21, 1, 3, 'DVs'),
  ...names('G-32-', 23, 1, 3, 'CEs'),
  {
    id: 'G-62',
    what: 'S5F5 gives the alarms, each L,3 with ALCD of one byte',
    run: async (context: RuleContext): Promise<void> => {
      const { list } = listOf(await context.body(S(5, 5).w(U4())));
      for (const row of list) {
        const isAlarm = row.format === 'L' && row.length === 3 && row.list[0]?.format === 'B';
        must(isAlarm, `no L,3 with ALCD: ${String(row)}`);
      }
    },
  },
  {
    id: 'G-70',
    what: 'S7F5 answers an unknown PPID with L,0',
    run: async (context: RuleContext): Promise<void> => {
      const body = await context.body(S(7, 5).w(A('no-such-recipe-is-here')));
      must(body.format === 'L' && body.length === 0, `no L,0: ${String(body)}`);
    },
  },
  {
    id: 'G-77',
    what: 'S2F17 gives the time as A of 12, 14 or 16 digits, or as ISO 8601',
    run: async (context: RuleContext): Promise<void> => {
      const body = await context.body(S(2, 17).w());
      const isTime = body.format === 'A' && /^(\d{12}|\d{14}|\d{16}|\d{4}-\d\d-\d\dT.*)$/.test(body.ascii);
      must(isTime, `no time: ${String(body)}`);
    },
  },
  {
    id: 'G-78',
    what: 'S2F25 gives the same bytes back',
    run: async (context: RuleContext): Promise<void> => {
      const bytes = B(0, 1, 0x7f, 0x80, 0xff);
      const body = await context.body(S(2, 25).w(bytes));
      must(body.equals(bytes), `other bytes: ${String(body)}`);
    },
  },
  {
    id: 'G-79a',
    what: 'an unknown stream is answered by S9F3',
    run: async (context: RuleContext): Promise<void> => {
      const got = await context.ask(S(99, 1).w());
      must(got === 'S9F3', `it was answered ${String(got)}`);
    },
  },
  {
    id: 'G-79b',
    what: 'an unknown function is answered by S9F5',
    run: async (context: RuleContext): Promise<void> => {
      const got = await context.ask(S(1, 99).w());
      must(got === 'S9F5', `it was answered ${String(got)}`);
    },
  },
  {
    id: 'G-79c',
    what: 'a body that is none is answered by S9F7',
    run: async (context: RuleContext): Promise<void> => {
      const got = await context.ask(S(2, 33).w(BOOLEAN(true)));
      must(got === 'S9F7', `it was answered ${String(got)}`);
    },
  },
  {
    id: 'G-65',
    what: 'an unknown remote command is answered HCACK 1',
    changes: 'sends the command NO-SUCH-COMMAND, which a tool must not know',
    run: (context: RuleContext): Promise<void> =>
      mustAnswer(context, S(2, 41).w(L(A('NO-SUCH-COMMAND'), L())), 1),
  },
  {
    id: 'G-33',
    what: 'an unknown ECID is answered EAC 1',
    changes: `sets the constant ${NONE}, which a tool must not have`,
    run: (context: RuleContext): Promise<void> => mustAnswer(context, S(2, 15).w(L(L(U4(NONE), U1(0)))), 1),
  },
  {
    id: 'G-40a',
    what: 'a report of an unknown VID is answered DRACK 4',
    changes: `defines report ${NONE} of a variable that a tool must not have, and deletes it`,
    run: async (context: RuleContext): Promise<void> => {
      try {
        await mustAnswer(context, S(2, 33).w(report(NONE)), 4);
      } finally {
        await context.ask(S(2, 33).w(report()));
      }
    },
  },
  {
    id: 'G-40b',
    what: 'a report can be defined once (DRACK 0, then 3), and deleted',
    changes: `defines report ${NONE} and deletes it`,
    run: async (context: RuleContext): Promise<void> => {
      const id = await someSvid(context);
      try {
        await mustAnswer(context, S(2, 33).w(report(id)), 0);
        await mustAnswer(context, S(2, 33).w(report(id)), 3);
      } finally {
        await mustAnswer(context, S(2, 33).w(report()), 0);
      }
    },
  },
  {
    id: 'G-41',
    what: 'a link of an unknown CEID is answered LRACK 4',
    changes: `links event ${NONE}, which a tool must not have`,
    run: (context: RuleContext): Promise<void> =>
      mustAnswer(context, S(2, 35).w(L(U4(0), L(L(U4(NONE), L())))), 4),
  },
  {
    id: 'G-42',
    what: 'an unknown CEID cannot be enabled: ERACK 1',
    changes: `enables event ${NONE}, which a tool must not have`,
    run: (context: RuleContext): Promise<void> =>
      mustAnswer(context, S(2, 37).w(L(BOOLEAN(true), L(U4(NONE)))), 1),
  },
];
