import { parseMessages } from '../../../../src/secs2/sml/parse.js';
import type { SmlWarning } from '../../../../src/secs2/sml/parse-options.js';
import { catchError } from '../../support/catch-error.js';

function read(text: string): { found: string[]; warnings: string[] } {
  const warnings: string[] = [];
  const onWarning = ({ code, message }: SmlWarning): void => void warnings.push(`${code}: ${message}`);
  const found = parseMessages(text, { onWarning }).map(
    ({ message, name }) => `${message.name}${message.wBit ? ' W' : ''} ${name}`,
  );
  return { found, warnings };
}

describe('a name in front of a header', () => {
  it.each<[text: string, found: string[]]>([
    ["S2F41Ok: 'S2F42' <L>.", ['S2F42 S2F41Ok']],
    ['S2F41Ok:S2F42', ['S2F42 S2F41Ok']],
    ['S2F41_Ok : "S2F42"', ['S2F42 S2F41_Ok']],
    ['s1f1_b: S1F2 <L>.', ['S1F2 s1f1_b']],
    ["S1F3(ALL,x~y): 'S1F3' W", ['S1F3 W S1F3(ALL,x~y)']],
    ['S1F3-a/b.c: S1F3 W', ['S1F3 W S1F3-a/b.c']],
    ['S1F3 all of them: S1F3 W', ['S1F3 W S1F3 all of them']],
    ['S1F1: S1F1 W\n.\nS1F2: S1F2\n<L[0]\n>\n.', ['S1F1 W S1F1', 'S1F2 S1F2']],
    ['1st (start) ~ go, now: S2F41 W', ['S2F41 W 1st (start) ~ go, now']],
    ["'My name': S1F1 W", ['S1F1 W My name']],
    ['a: b: S1F1', ['S1F1 a: b']],
    ['Name:\nS1F1', ['S1F1 Name']],
    ['S1F1W', ['S1F1 W undefined']],
    ["'S1F1'W\nS2F41x: S2F42", ['S1F1 W undefined', 'S2F42 S2F41x']],
    ['S1F1 W\n(all) x: S1F3 W', ['S1F1 W undefined', 'S1F3 W (all) x']],
    ['S1F2 L[2] <U4 1>\nS6F11x: S6F12', ['S1F2 undefined', 'S6F12 S6F11x']],
    ['S6F11 W, Report: S6F12 follows [SystemByte = 3]\n<L>.', ['S6F11 W Report: S6F12 follows']],
    ['S1F14:\n<L>.', ['S1F14 undefined']],
  ])('%j', (text, found) => {
    expect(read(text).found).toEqual(found);
  });

  it.each<[text: string, found: string[], warning: string]>([
    [
      "S2F41 reply ok: 'S2F42'",
      ['S2F42 S2F41 reply ok'],
      'name: "S2F41 reply ok" is read as the name of S2F42',
    ],
    ['S1F2: S2F18 <A "x">.', ['S2F18 S1F2'], 'name: "S1F2" is read as the name of S2F18'],
    [
      'S1F1 W. Next: S1F3 W.',
      ['S1F1 W undefined', 'S1F3 W Next'],
      'name: the full stop ends a message here: it is no part of the name of what follows, S1F3 W.',
    ],
    [
      'S1F1 W, Are you there. S1F3 W.',
      ['S1F1 W Are you there. S1F3 W.'],
      'name: all of this is read as one title, the header in it too',
    ],
  ])('%j, with a warning', (text, found, warning) => {
    expect(read(text)).toEqual({ found, warnings: [warning] });
  });

  it.each<[text: string, message: string]>([
    ["S2F41ReplyOk 'S2F42' <L>.", 'a message header such as S1F1 W is expected here, not "S"'],
    ['S2F41ReplyOk', 'a message header such as S1F1 W is expected here, not "S"'],
    ['S1F1x W', 'a message header'],
    ["S1F1 W S2F41x: 'S2F42'", 'is "S1F1 W S2F41x" a message, or the name of S2F42? End it with a full stop'],
    ["S1F1 W\nS1F3\n: 'S2F42'", 'S2F42 is a header: a name in front of it stands on its line'],
    [`${'x'.repeat(300)}: S1F1`, 'a message header'],
  ])('is refused in %j', (text, message) => {
    expect(catchError(() => parseMessages(text))).toMatchObject({
      code: 'SML_SYNTAX',
      message: expect.stringContaining(message) as unknown,
    });
  });
});
