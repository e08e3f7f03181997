import { parseLibrary, parseMessages } from '../../../../src/secs2/sml/parse.js';
import type { SmlWarning } from '../../../../src/secs2/sml/parse-options.js';

function statements(text: string): object[] {
  return parseLibrary(text).statements.map((statement) =>
    statement.kind === 'every'
      ? { every: statement.seconds, name: statement.name }
      : {
          if: `S${statement.stream}F${statement.function}`,
          ...(statement.condition && {
            index: statement.condition.index,
            item: statement.condition.item.toJSON(),
          }),
          ...(statement.seconds > 0 && { wait: statement.seconds }),
          name: statement.name,
        },
  );
}

describe('statements of a scenario', () => {
  it.each<[text: string, expected: object[]]>([
    ['if (S1F1) S1F2.', [{ if: 'S1F1', name: 'S1F2' }]],
    ['IF(s1f1)a b', [{ if: 'S1F1', name: 'a b' }]],
    ["if ('S1F1') x.y.", [{ if: 'S1F1', name: 'x.y' }]],
    [
      'if (S6F11 (3)==<U4 7>)a. if (S6F11)b.',
      [
        { if: 'S6F11', index: 3, item: { U4: [7] }, name: 'a' },
        { if: 'S6F11', name: 'b' },
      ],
    ],
    [
      'if (S6F11(1)=<L <A ">"> <U1 1>>) (x)',
      [{ if: 'S6F11', index: 1, item: { L: [{ A: '>' }, { U1: [1] }] }, name: '(x)' }],
    ],
    ['if S6F11 wait 5 hello.', [{ if: 'S6F11', wait: 5, name: 'hello' }]],
    ['if (S6F11) wait 0.5 "my name".', [{ if: 'S6F11', wait: 0.5, name: 'my name' }]],
    ['if (S6F11)\n  send ack /* why */ .', [{ if: 'S6F11', name: 'ack' }]],
    ['every 10 send hello. // more', [{ every: 10, name: 'hello' }]],
    ['Every 1.5 s send S1F3_All(x).\n/* every 2 send no. */', [{ every: 1.5, name: 'S1F3_All(x)' }]],
  ])('%j', (text, expected) => {
    expect(statements(text)).toEqual(expected);
    expect(statements(`S1F1 W.\n${text}\nS1F3 W.`)).toEqual(expected);
    expect(statements(`S1F1 W\n${text}\nname: S1F3 W`)).toEqual(expected);
  });

  it('are passed over with a warning each, where messages alone are asked for', () => {
    const warnings: SmlWarning[] = [];
    const text = 'a: S1F1 W.\nif (S1F1 (2)==<L>) wait 3 a.\n  every 2 send a.';
    const messages = parseMessages(text, { strict: true, onWarning: (warning) => warnings.push(warning) });
    expect(messages).toHaveLength(1);
    expect(warnings).toMatchObject([
      {
        code: 'statement',
        line: 2,
        column: 1,
        message: expect.stringContaining('if (S1F1 (2)==…) wait 3 a') as unknown,
      },
      {
        code: 'statement',
        line: 3,
        column: 3,
        message: expect.stringContaining('every 2 send a') as unknown,
      },
    ]);
  });

  it.each<[text: string, message: string]>([
    ['if (S1F1', ') is expected here, not the end of the text, to end the condition (line 1, column 9)'],
    ['if (S1F1 (1)==<Q>) a.', 'a format is expected here, not "Q"'],
    ['if (S1F1)', 'the name of a message is expected here, not the end of the text'],
    ['if (S1F1) <L>', 'the name of a message is expected here, not "<"'],
    ['every 0 send a.', 'every 0 seconds is more often than can be'],
    ['if (S1F1 (1)==<V>) a.', 'is a template'],
  ])('refused: %s', (text, message) => {
    expect(() => parseLibrary(text)).toThrow(message);
  });

  it('are no names', () => {
    expect(parseMessages('if: S1F1 W.\nevery: S1F3 W.').map(({ name }) => name)).toEqual(['if', 'every']);
  });
});
