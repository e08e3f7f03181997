import { SmlGatherer } from '../../../src/cli/shell/sml-gatherer';

function gather(lines: readonly string[]): { whole: string[]; rest: string | undefined } {
  const gatherer = new SmlGatherer();
  const whole: string[] = [];
  for (const line of lines) {
    const text = gatherer.push(line);
    if (text !== undefined) whole.push(text);
  }
  return { whole, rest: gatherer.take() };
}

describe('SmlGatherer', () => {
  it.each<[string, string[], string[], string | undefined]>([
    ['a full stop', ['S1F1 W.'], ['S1F1 W.'], undefined],
    ['an item', ['S1F13 W <L>'], ['S1F13 W <L>'], undefined],
    ['an empty line', ['S1F1 W', ''], ['S1F1 W\n'], undefined],
    ['nothing yet', ['S1F1 W'], [], 'S1F1 W'],
    ['several lines', ['S1F13 W', '<L', '  <A "x">', '>'], ['S1F13 W\n<L\n  <A "x">\n>'], undefined],
    ['two messages', ['S1F1 W.', 'S1F3 W <L>.'], ['S1F1 W.', 'S1F3 W <L>.'], undefined],
    ['two messages of a line', ['S1F1 W. S1F3 W <L>.'], ['S1F1 W. S1F3 W <L>.'], undefined],
    ['a > in text', ['S1F13 W <A ">>">', 'x.'], ['S1F13 W <A ">>">', 'x.'], undefined],
    ['a < in text', ['S1F13 W <A "<">'], ['S1F13 W <A "<">'], undefined],
    ['a quote in text', ['S1F13 W <A "a\\">">'], ['S1F13 W <A "a\\">">'], undefined],
    ['text over two lines', ['S1F13 W <A "a.', '">'], ['S1F13 W <A "a.\n">'], undefined],
    ['a comment', ['S1F13 // <L>.', 'W <L>'], ['S1F13 // <L>.\nW <L>'], undefined],
    ['a comment of two lines', ['S1F13 W /* a.', '> */ <L>'], ['S1F13 W /* a.\n> */ <L>'], undefined],
    ['a comment alone', ['// note', 'S1F1 W.'], ['// note', 'S1F1 W.'], undefined],
    ['an old comment', ['* note <', 'S1F1 W.'], ['* note <', 'S1F1 W.'], undefined],
    ['empty lines', ['', '  ', 'S1F1 W.'], ['S1F1 W.'], undefined],
    ['one > too many', ['S1F1 W <L>>'], ['S1F1 W <L>>'], undefined],
    ['an empty line within an item', ['S1F13 W <L', '', '>'], ['S1F13 W <L\n\n>'], undefined],
  ])('takes a message to be whole at %s', (_name, lines, whole, rest) => {
    expect(gather(lines)).toEqual({ whole, rest });
  });

  it('forgets what is not wanted', () => {
    const gatherer = new SmlGatherer();
    gatherer.push('S1F13 W <L <A "');
    expect(gatherer.pending).toBe(true);
    gatherer.clear();
    expect(gatherer.pending).toBe(false);
    expect(gatherer.push('S1F1 W.')).toBe('S1F1 W.');
  });

  it('reads each line once: a message of many lines takes time that grows with its length only', () => {
    const gatherer = new SmlGatherer();
    gatherer.push('S1F13 W <L');
    const began = process.cpuUsage();
    for (let i = 0; i < 100_000; i++) gatherer.push('<U4 1>');
    expect(gatherer.push('>')).toHaveLength(100_000 * 7 + 12);
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
  });
});
