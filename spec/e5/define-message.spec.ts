import {
  ask,
  CPNAME,
  CPVAL,
  defineMessage,
  E5Error,
  list,
  listOf,
  MID,
  RCMD,
  S1F13,
  S1F3,
  S9F1,
  type Requester,
} from '../../src/e5/index.js';
import { A, L, S, U4, type SecsMessage } from '../../src/secs2/index.js';

it('overrides a message as a tool has it', () => {
  const tool = defineMessage('S2F41', 'Host Command Send', {
    direction: 'H->E',
    reply: () => S1F13,
    body: list({ rcmd: RCMD, params: listOf(list({ cpname: CPNAME, cpval: CPVAL })), mid: MID }),
  });
  const built = tool.build({ rcmd: 'START', params: [], mid: 'W1' });
  expect(built.item?.equals(L(A('START'), L(), A('W1')))).toBe(true);
  expect(tool.read(built)).toEqual({ rcmd: 'START', params: [], mid: 'W1' });
  expect(built.wBit).toBe(true);
});

it.each([
  [
    () => defineMessage('S200F1', 'x'),
    'the name of a message must be S0F0 to S127F255, received the string "S200F1"',
  ],
  [
    () => defineMessage('S1F2', 'x', { reply: () => S1F13 }),
    'S1F2 can have no reply: only messages of odd functions are answered',
  ],
  [
    () => defineMessage('S1F1', 'x', { reply: S1F13 as never }),
    'the reply of S1F1 must be a function that gives its definition, received an instance of MessageDefinition',
  ],
  [
    () => defineMessage('S1F1', 'x', { body: { a: MID, b: MID } }),
    'the body of S1F1 must be one named field or list({ … }), received 2 fields',
  ],
  [
    () => defineMessage('S1F1', 'x', { body: list({ a: 5 as never }) }),
    'S1F1 a must be made by item, value, list, listOf, optional, maybe, arrayOf or oneOf, received 5',
  ],
  [
    () => defineMessage('S1F1', 'x', { body: MID as never }),
    'the body of S1F1 must have a name where it is no list of fields, as { data: … }',
  ],
  [() => defineMessage('S1F1', 'x', null as never), 'S1F1 must be defined by an object, received null'],
  [
    () => defineMessage(1 as never, 'x'),
    'the name and the title of a message must be strings, received 1 and the string "x"',
  ],
])('says what is wrong with a definition: %#', (define, text) => {
  expect(define).toThrow(new E5Error('E5_INVALID_DEFINITION', text));
});

describe('ask', () => {
  const session = (reply: SecsMessage): Requester & { asked: unknown[] } => {
    const asked: unknown[] = [];
    return {
      asked,
      request: (message, options) => (asked.push(String(message), options), Promise.resolve(reply)),
    };
  };

  it('gives the values of the reply', async () => {
    const one = session(S(1, 4, L(U4(5))));
    const { signal } = new AbortController();
    expect(await ask(one, S1F3, { svids: [1001] }, { t3: 5, signal })).toEqual({ svs: [5] });
    expect(one.asked).toEqual(['S1F3 W\n<L[1]\n  <U4[1] 1001>\n>.', { t3: 5, signal }]);
    expect(await ask(session(S(1, 14, L(U4(0), L()))), S1F13)).toEqual({ commack: 0, model: undefined });
  });

  it('refuses a reply that does not fit, and a message that has none', async () => {
    await expect(ask(session(S(1, 4, A('x'))), S1F3, [1])).rejects.toMatchObject({ code: 'E5_INVALID_BODY' });
    await expect(ask(session(S(1, 0)), S1F3, [1])).rejects.toMatchObject({ code: 'E5_WRONG_MESSAGE' });
    await expect(ask(session(S(1, 0)), S9F1 as never, undefined as never)).rejects.toThrow(
      'ask must be given a message that is answered, received S9F1',
    );
  });
});
