import { Option, type Command } from 'commander';
import type { CheckCommand, OperatorTask, ToolProfile } from '../../../gem/index.js';
import { A, F4, F8, I1, I2, I4, parseItem, U1, U2, U4, type Item } from '../../../secs2/index.js';
import { UsageError } from '../../exit-codes.js';
import type { CliIo } from '../../io.js';
import { parseSeconds } from '../../values.js';
import type { GemOptions } from './options.js';

/** The options of `rxsecs gem check`. */
export interface CheckFlags extends GemOptions {
  readonly judge?: 'tool' | 'host';
  readonly change?: true;
  readonly changeAll?: true;
  readonly rule?: readonly string[];
  readonly list?: true;
  readonly command?: string;
  readonly operator?: true;
  readonly patience: number;
  readonly pause: number;
  readonly junit?: string;
  readonly html?: string;
}

/** Adds the options that `check` has besides those of all subcommands. */
export function addCheckOptions(command: Command): Command {
  const group = (flags: string, text: string): Option => new Option(flags, text).helpGroup('Check:');
  return command
    .addOption(
      group(
        '--judge <side>',
        'what the peer is: tool (default at HOST:PORT) or host (default with --listen)',
      ).choices(['tool', 'host']),
    )
    .addOption(
      group(
        '--change',
        'judge the rules that alter the tool too; what they change is said first, and put back',
      ),
    )
    .addOption(group('--change-all', 'also those after which something cannot be put back'))
    .addOption(group('--rule <ids...>', 'judge these rules alone, as in --rule G-40 G-77b'))
    .addOption(group('--list', 'print the rules and what each changes; no connection is made'))
    .addOption(
      group(
        '--command <text>',
        "a remote command that may be carried out, as 'START PPID=OXIDE Slot=<U1 3>'",
      ),
    )
    .addOption(group('--operator', 'ask for what somebody has to do at the tool'))
    .addOption(
      group('--patience <seconds>', 'how long the peer may take for what it does by itself')
        .default(10)
        .argParser(parseSeconds(false)),
    )
    .addOption(
      group('--pause <seconds>', 'after so long, what has not come counts as not coming')
        .default(2)
        .argParser(parseSeconds(false)),
    )
    .addOption(group('--junit <file>', 'write the results as JUnit XML'))
    .addOption(group('--html <file>', 'write the results as an HTML page, with every message'));
}

const numbers = { U1, U2, U4, I1, I2, I4, F4, F8 } as const;

/** A command from `START PPID=OXIDE Slot=<U1 3>`: text in the format of the profile, or A; SML as it is. */
export function commandOf(text: string, profile: ToolProfile): CheckCommand {
  const [name = '', ...rest] = text.trim().split(/\s+/);
  if (name === '') throw new UsageError('--command must begin with the name of a command');
  const known = profile.commands?.[name]?.parameters;
  const parameters: Record<string, Item> = {};
  const given = rest.join(' ').matchAll(/([^\s=]+)=(<[^>]*>|\S*)|(\S+)/g);
  for (const [, parameter, value, other] of given) {
    if (parameter === undefined || value === undefined)
      throw new UsageError(`'${other ?? ''}' of --command is no parameter: NAME=VALUE is allowed`);
    parameters[parameter] = itemOf(parameter, value, known?.[parameter]?.format);
  }
  return { name, parameters };
}

function itemOf(name: string, text: string, format: string | undefined): Item {
  if (text.startsWith('<')) return parseItem(text);
  if (format === undefined || !Object.hasOwn(numbers, format)) return A(text);
  const value = Number(text);
  if (text === '' || Number.isNaN(value))
    throw new UsageError(`${name} must be a number (${format}), received '${text}'`);
  return numbers[format as keyof typeof numbers](value);
}

/** Asks whoever sits at the terminal to do something at the tool. */
export function askOperator(io: CliIo): (task: OperatorTask) => Promise<boolean> {
  let rest = '';
  const lines: string[] = [];
  let wake: (() => void) | undefined;
  let hasEnded = false;
  io.stdin.on('data', (chunk: Buffer | string) => {
    const parts = `${rest}${String(chunk)}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake?.();
  });
  io.stdin.on('end', () => {
    hasEnded = true;
    wake?.();
  });
  return async ({ text }) => {
    if (!hasEnded)
      io.stderr.write(`rxsecs: please ${text}. Enter when it is done, s and Enter to leave it out: `);
    while (lines.length === 0 && !hasEnded && !io.interrupted.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        io.interrupted.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    const line = lines.shift();
    return line !== undefined && line.trim().toLowerCase() !== 's';
  };
}
