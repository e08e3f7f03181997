import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../../src/cli/exit-codes';
import { Terminal } from '../../../src/cli/shell/terminal';
import { CliBed } from '../../support/cli-bed';
import { turns } from '../../support/fake-clock';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'rxsecs-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

interface Opened {
  readonly bed: CliBed;
  readonly terminal: Terminal;
  readonly told: string[];
}

function open(more: (line: string) => boolean = () => false): Opened {
  const bed = new CliBed({ isTTY: true, env: { RXSECS_HISTORY: join(directory, 'h', 'history') } });
  const told: string[] = [];
  const terminal = new Terminal(bed.io, {
    onLine: (line) => {
      told.push(line);
      return more(line);
    },
    onClear: () => void told.push('(clear)'),
    onEnd: () => void told.push('(end)'),
  });
  return { bed, terminal, told };
}

async function type(bed: CliBed, keys: string): Promise<void> {
  for (const key of keys) bed.stdin.write(key);
  await turns();
}

/** What a screen of 100 columns shows after all that was written. */
function screen(text: string): string[] {
  const rows: string[] = [''];
  let row = 0;
  let column = 0;
  const put = (character: string): void => {
    if (column === 100) {
      row++;
      column = 0;
    }
    rows[row] =
      (rows[row] ?? '').padEnd(column).slice(0, column) + character + (rows[row] ?? '').slice(column + 1);
    column++;
  };
  for (const [token, count = '', command] of text.matchAll(/\u001b\[(\d*)([A-Z])|[^]/g)) {
    if (token === '\r') column = 0;
    else if (token === '\n') row++;
    else if (command === 'A') row -= Number(count || 1);
    else if (command === 'C') column += Number(count || 1);
    else if (command === 'D') column -= Number(count || 1);
    else if (command === 'G') column = Number(count || 1) - 1;
    else if (command === 'J') {
      rows.length = row + 1;
      rows[row] = (rows[row] ?? '').slice(0, column);
    } else if (command === 'K') rows[row] = (rows[row] ?? '').slice(0, column);
    else put(token);
    if (token === '\n') column = 0;
  }
  return Array.from(rows, (line) => (line ?? '').trimEnd());
}

describe('Terminal', () => {
  it('hands over lines, and prompts for more of a message', async () => {
    const { bed, terminal, told } = open((line) => line === 'S1F13 W');
    await type(bed, 'S1F13 W\r');
    expect(bed.stdout).toMatch(/ {3}\.\.\.> [^>]*$/);
    await type(bed, '<L>\r');
    expect(bed.stdout).toMatch(/rxsecs> [^>]*$/);
    expect(told).toEqual(['S1F13 W', '<L>']);
    terminal.close();
  });

  it('prints above what is being typed, and leaves that as it is', async () => {
    const { bed, terminal, told } = open();
    await type(bed, 'linkt');
    terminal.print('// one\n// two');
    terminal.print('// three');
    await type(bed, 'est');
    expect(screen(bed.stdout)).toEqual(['// one', '// two', '// three', 'rxsecs> linktest']);
    await type(bed, '\r');
    expect(told).toEqual(['linktest']);
    terminal.close();
  });

  it('prints above a line that is longer than the screen is wide', async () => {
    const { bed, terminal } = open();
    const typed = `S1F13 W <L ${'<U4 1> '.repeat(40)}`.trim();
    await type(bed, typed);
    terminal.print('// one');
    terminal.print('// two');
    await type(bed, '!');
    const shown = screen(bed.stdout);
    expect(shown.slice(0, 2)).toEqual(['// one', '// two']);
    expect(shown.slice(2).join('').replace(/\s/g, '')).toBe(`rxsecs>${typed}!`.replace(/\s/g, ''));
    terminal.close();
  });

  it('takes back with Ctrl-C what was typed, and interrupts where nothing was', async () => {
    const { bed, terminal, told } = open((line) => line.startsWith('S1F13'));
    await type(bed, 'linkt\u0003');
    expect(told).toEqual(['(clear)']);
    await type(bed, 'S1F13 W\r\u0003');
    expect(told).toEqual(['(clear)', 'S1F13 W', '(clear)']);
    expect(bed.io.interrupted.aborted).toBe(false);
    await type(bed, 'x\r');
    expect(told.at(-1)).toBe('x');
    await type(bed, '\u0003');
    expect(bed.io.interrupted.reason).toEqual({ exitCode: ExitCode.interrupted });
    terminal.close();
  });

  it('ends with Ctrl-D, and then prints without a prompt', async () => {
    const { bed, terminal, told } = open();
    await type(bed, '\u0004');
    expect(told).toEqual(['(end)']);
    const before = bed.stdout;
    terminal.print('// after');
    expect(bed.stdout).toBe(`${before}// after\n`);
  });

  it('completes commands and keeps what was typed for the next time', async () => {
    const first = open();
    await type(first.bed, 'linkt\t\r');
    await type(first.bed, 'status\r');
    first.terminal.close();
    expect(first.told).toEqual(['linktest ', 'status', '(end)']);
    expect(readFileSync(join(directory, 'h', 'history'), 'utf8')).toBe('linktest \nstatus\n');
    const second = open();
    await type(second.bed, '\u001b[A\u001b[A\r');
    expect(second.told).toEqual(['linktest ']);
    second.terminal.close();
  });
});
