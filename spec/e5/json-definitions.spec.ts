import { catalogue, definitionsOf, explain, printMessage, type DefinitionsJson } from 'rxsecs/e5';

const tool = {
  items: {
    WAFERS: { formats: ['U2'], length: 1, meaning: 'wafers processed' },
    LOTACK: { formats: ['B'], length: 1, codes: { accepted: 0, full: [1, 'no room'] } },
    ANYTHING: { formats: '*' },
  },
  messages: {
    S100F1: { title: 'Lot Request', direction: 'H->E', reply: 'S100F2', body: { mid: 'MID' } },
    S100F2: {
      title: 'Lot Data',
      body: {
        list: { ack: 'LOTACK', wafers: 'WAFERS', lots: { listOf: 'MID' }, more: { optional: 'ANYTHING' } },
      },
    },
  },
} satisfies DefinitionsJson;

it('makes definitions of data, which build, read, name and explain', () => {
  const set = catalogue.with(...definitionsOf(tool));
  const answer = set.get(100, 2);
  expect(set.get(100, 1)?.reply).toBe(answer);
  const values = { ack: 1, wafers: 25, lots: ['L-1'], more: undefined };
  const message = answer?.build(values);
  expect(message && answer?.read(message)).toEqual(values);
  expect(message && printMessage(message, { names: set })).toContain('/* LOTACK: no room */');
  expect(explain('WAFERS', set)).toContain('wafers processed');
  expect(explain('S100F1', set)).toContain('S100F2');
});

const withBody = (body: unknown): unknown => ({ messages: { S100F1: { title: 'T', body } } });

it.each([
  [7, 'the definitions must be an object, received 7'],
  [{}, 'messages must be an object, received undefined'],
  [
    { messages: { S1: { title: 'T' } } },
    'the name of a message must be S0F0 to S127F255, received the string "S1"',
  ],
  [{ messages: { S100F1: {} } }, /the title of a message must be strings?, received/],
  [
    { messages: { S100F1: { title: 'T', reply: 'S99F9' } } },
    /^messages\.S100F1\.reply must name a message of these or of E5/,
  ],
  [
    { messages: { S100F1: { title: 'T', direction: 'up' } } },
    /^messages\.S100F1\.direction must be "H->E", "E->H" or "both"/,
  ],
  [withBody('MID'), 'messages.S100F1.body must have a name for MID, as { "data": "MID" }'],
  [
    withBody({ mid: 'MIDD' }),
    /^messages\.S100F1\.body\.mid must name a data item of these or of E5, received the string "MIDD"/,
  ],
  [
    withBody({ list: { a: { many: 'MID' } } }),
    /^messages\.S100F1\.body\.list\.a must be the name of a data item, or have one of list/,
  ],
  [
    withBody({ list: { a: { maybe: { list: {} } } } }),
    'messages.S100F1.body.list.a.maybe must name a data item',
  ],
  [{ items: { X: { formats: ['U3'] } }, messages: {} }, /^items\.X\.formats must be "\*" or an array of L, /],
  [
    { items: { X: { formats: ['U1'], length: 'many' } }, messages: {} },
    /^items\.X\.length must be a number, /,
  ],
  [
    { items: { X: { formats: ['U1'], codes: { a: {} } } }, messages: {} },
    /^items\.X\.codes\.a must be a code/,
  ],
])('says where data are wrong: %j', (json, problem) => {
  expect(() => definitionsOf(json as DefinitionsJson)).toThrow(problem);
});
