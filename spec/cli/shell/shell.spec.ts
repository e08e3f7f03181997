import type { ShellContext } from '../../../src/cli/shell/commands';
import { complete, Shell } from '../../../src/cli/shell/shell';

describe('complete', () => {
  it.each([
    ['sel', ['select '], 'sel'],
    ['se', ['select ', 'separate ', 'set '], 'se'],
    ['set linktest', ['linktest '], 'linktest'],
    ['set max-l', ['max-linktest-failures '], 'max-l'],
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

  it.each(['Read clock, again: S2F17 W.', 'S2F41Ok(1): S2F42 <L>.', 'if (S1F1) x.', 'every 2 send x.'])(
    'takes the name or statement %j',
    (line) => {
      const report = { event: () => {}, message: () => {} };
      expect(() => new Shell({ report } as unknown as ShellContext).line(line)).not.toThrow();
    },
  );

  describe('told of a template or of what is doubtful', () => {
    const events: string[] = [];
    const open = (prompt: boolean): Shell => {
      events.length = 0;
      const report = { event: (event: string, text: string) => events.push(`${event} ${text}`) };
      return new Shell({ report, prompt } as unknown as ShellContext);
    };

    it('refuses a template', () => {
      expect(() => open(true).line('S1F3 W <L <V>>.')).toThrow(
        'S1F3 is a template and cannot be sent: <V> has no value (line 1, column 11)',
      );
    });

    it('shows each warning at a prompt, and counts elsewhere', () => {
      const line = 'S5F3 <L <A[2] "x"> <A[3] "x">>.';
      open(true).line(line);
      expect(events).toEqual([
        'sml SML: line 1, column 11: A is said to have 2 values, but has 1',
        'sml SML: line 1, column 22: A is said to have 3 values, but has 1',
      ]);
      open(false).line(line);
      expect(events).toEqual([
        'sml SML: 2 warnings of counts that do not agree, the first: line 1, column 11: A is said to have 2 values, but has 1',
      ]);
    });
  });

  describe('within a message', () => {
    it.each<[lines: string[], command: string, waitsFor: string]>([
      [
        ['S1F1'],
        'help',
        'S1F1 has begun: its item, a full stop or an empty line is waited for; Ctrl-C takes it back',
      ],
      [
        ['S1F3 W', '<L', '<U4 1>'],
        ' HELP ',
        'S1F3 W has begun: > (1 of them) is waited for; Ctrl-C takes it back',
      ],
    ])('%j, %j says what is waited for', async (lines, command, waitsFor) => {
      const events: string[] = [];
      const report = { event: (event: string, text: string) => events.push(`${event} ${text}`) };
      const begun = new Shell({ report } as unknown as ShellContext);
      for (const line of lines) begun.line(line);
      await begun.line(command)?.();
      expect(events).toEqual([expect.stringMatching(/^help /), `pending ${waitsFor}`]);
      expect(begun.pending).toBe(true);
    });

    it('refuses other commands between a header and its item', () => {
      const begun = shell();
      begun.line('S1F1 W');
      expect(() => begun.line('wait 2')).toThrow(
        "'wait' is a command, but S1F1 W has begun: its item, a full stop",
      );
      expect(begun.pending).toBe(true);
    });

    it('takes what stands in a text or a comment for that', () => {
      for (const start of ['S1F1 <A "', 'S1F1 /*']) {
        const begun = shell();
        begun.line(start);
        expect(begun.line('status')).toBeUndefined();
      }
    });
  });
});
