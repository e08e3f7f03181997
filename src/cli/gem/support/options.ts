import { Option, type Command } from 'commander';
import { addEntityOptions, type EntityOptions } from '../../entity/entity.js';
import { UsageError } from '../../exit-codes.js';
import { addLogOptions, type LogOptions } from '../../output/wire-log-option.js';
import { parseEndpoint, parseListen, parseSeconds, type Endpoint } from '../../values.js';
import { GEM_SUMMARIES, type GemCommandName } from './summaries.js';

/** The options that every subcommand of `rxsecs gem` has. */
export interface GemOptions extends EntityOptions, LogOptions {
  readonly profile?: string;
  readonly listen?: ReturnType<typeof parseListen>;
  readonly timeout: number;
  readonly onLine?: true;
  readonly learn?: true;
  readonly verbose?: true;
}

/** Where the tool is: it is connected to, or it connects. */
export type Target =
  /** On a serial port there is no address. */
  | { readonly role: 'active'; readonly endpoint: Endpoint | undefined }
  | {
      readonly role: 'passive';
      readonly endpoint: { readonly host: string | undefined; readonly port: number };
    };

/** Makes a subcommand with the options that all of them have. */
export function gemSubcommand(gem: Command, name: GemCommandName): Command {
  const { summary } = GEM_SUMMARIES[name];
  const group = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup('Tool:');
  const command = gem
    .command(name)
    .description(summary)
    .usage(`[options] ${GEM_SUMMARIES[name].args.replace('[host:port]', '<host:port>')}`)
    .argument('[words...]', 'where the tool listens (not with --listen), and what is wanted of it')
    .addOption(group('--profile <file>', 'what is known of the tool: names, ids, formats (JSON)'))
    .addOption(group('--listen <port>', 'be connected to by the tool').argParser(parseListen))
    .addOption(
      group(
        '--learn',
        'write what is learnt of the tool into the profile: software, messages that it does not serve',
      ),
    )
    .addOption(group('--on-line', 'take the tool ON-LINE first (S1F17)'))
    .addOption(
      group('--timeout <seconds>', 'give up when that is not done within this time')
        .default(60)
        .argParser(parseSeconds(false)),
    )
    .addOption(new Option('-v, --verbose', 'print every message too').helpGroup('Output:'));
  return addLogOptions(addEntityOptions(command, 'passive'));
}

/** Takes the tool's address off the words. @throws UsageError where there is none. */
export function targetOf(
  words: readonly string[],
  { listen, equipment, serial }: GemOptions,
): { readonly target: Target; readonly rest: readonly string[] } {
  if (equipment === true)
    throw new UsageError('rxsecs gem is the host: --equipment is for listen and connect');
  if (listen !== undefined && serial !== undefined)
    throw new UsageError('--listen and --serial: a serial port is not listened on');
  if (serial !== undefined) return { target: { role: 'active', endpoint: undefined }, rest: words };
  if (listen !== undefined) return { target: { role: 'passive', endpoint: listen }, rest: words };
  const [first, ...rest] = words;
  if (first === undefined)
    throw new UsageError(
      'HOST:PORT is missing: name where the tool listens, or --listen PORT where it connects, or --serial PATH',
    );
  try {
    return { target: { role: 'active', endpoint: parseEndpoint(first) }, rest };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`'${first}' is no HOST:PORT. ${why}`, { cause: error });
  }
}
