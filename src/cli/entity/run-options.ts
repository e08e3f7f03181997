import { Option, type Command } from 'commander';
import type { EntityOptions } from './entity.js';
import { addSmlOptions, type SmlOptions } from '../sml/options.js';
import { addLogOptions, type LogOptions } from '../output/wire-log-option.js';
import { parseInteger, parseSeconds } from '../values.js';

/** What `listen` and `connect` take besides what describes the entity. */
export interface RunOptions extends EntityOptions, LogOptions, SmlOptions {
  readonly reply?: string;
  readonly abort?: true;
  readonly control: boolean;
  readonly maxLength?: number;
  readonly once?: true;
  readonly count?: number;
  readonly for?: number;
  readonly wait: number;
}

/** How much of an item a terminal shows. */
export const TERMINAL_VALUES = 100;

/** Adds what `listen` and `connect` have in common. */
export function addRunOptions(command: Command): Command {
  const option = (group: string, flags: string, description: string): Option =>
    new Option(flags, description).helpGroup(group);
  const answers = 'Answers:';
  const output = 'Output:';
  const end = 'End:';
  return addSmlOptions(addLogOptions(command))
    .addOption(
      option(answers, '--reply <file>', 'answer messages from a file of SML; read again when it changes'),
    )
    .addOption(option(answers, '--abort', 'answer what nothing else answers with function 0'))
    .addOption(option(output, '--no-control', 'print no control messages (Select, Linktest …)'))
    .addOption(
      option(
        output,
        '--max-length <n>',
        `print at most n values of an item (on a terminal ${TERMINAL_VALUES})`,
      ).argParser(parseInteger(1, Number.MAX_SAFE_INTEGER)),
    )
    .addOption(option(end, '--once', 'end when the connection ends, or cannot be made'))
    .addOption(
      option(end, '--count <n>', 'end after n primary messages of the peer').argParser(
        parseInteger(1, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(option(end, '--for <seconds>', 'end after this time').argParser(parseSeconds(false)))
    .addOption(
      option(end, '--wait <seconds>', 'how long a script waits for being selected')
        .default(30)
        .argParser(parseSeconds(false)),
    );
}
