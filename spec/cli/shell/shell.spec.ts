import type { ShellContext } from '../../../src/cli/shell/commands';
import { complete, Shell } from '../../../src/cli/shell/shell';

describe('complete', () => {
  it.each([
    ['sel', ['select '], 'sel'],
    ['se', ['select ', 'separate ', 'set '], 'se'],
    ['set linktest', ['linktest ', 'linktest-failures '], 'linktest'],
    ['wait s', ['selected '], 's'],
    ['set t3 ', [], ''],
    ['S1F1', [], 'S1F1'],
    ['nonsense x', [], 'x'],
  ])('completes %j', (line, candidates, word) => {
    expect(complete(line)).toEqual([candidates, word]);
  });

  it('offers every command where nothing was typed', () => {
    expect(complete('')[0]).toEqual(expect.arrayContaining(['select ', 'help ', 'quit ', 'wait ']));
  });
});

describe('Shell', () => {
  // A line is only read here; nothing is done.
  const shell = (): Shell => new Shell({} as ShellContext);

  it.each(['slect', 'sf', 's', 'hello there', '  Select.req', 'W?', 'quitt'])(
    'takes %j for neither SML nor a command',
    (line) => {
      expect(() => shell().line(line)).toThrow(/is neither SML, as in S1F1 W\., nor a command: select, /);
    },
  );

  it.each([
    'S1F1 W.',
    's1f1 w.',
    'AreYouThere: S1F1 W.',
    'Are_You : S1F1 W.',
    "'S1F1' W.",
    'SELECT',
    '// a comment',
    'S1F3 W',
  ])('takes %j', (line) => {
    expect(() => shell().line(line)).not.toThrow();
  });

  it('takes any line within a message', () => {
    const begun = shell();
    begun.line('S1F3 W <L');
    expect(() => begun.line('slect')).not.toThrow();
    expect(begun.pending).toBe(true);
  });
});
