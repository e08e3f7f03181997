import type { Command } from 'commander';
import type { ToolProfile } from '../../gem/index.js';
import { parseItem, type Item } from '../../secs2/index.js';
import { CliError, describeError, ExitCode, UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { parseSeconds } from '../values.js';
import { profileOfOptions, withHost, type GemRun } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { valuesText } from './support/printer.js';
import { refusal } from './support/refusal.js';

const EXAMPLES = `
Examples:
  Start, and be told whether the tool does it:
    $ rxsecs gem command tool-7:5000 START Wafers=3 --profile etcher.json
  Without the formats of a profile, numbers are given as SML; --learn keeps the formats when the tool has accepted them:
    $ rxsecs gem command tool-7:5000 START 'Wafers=<U1 3>' --profile etcher.json --learn
  Wait for the event that tells of its end; the tool must report it, see setup:
    $ rxsecs gem command tool-7:5000 START --profile etcher.json --wait 600`;

/** HCACK: accepted, an event tells of the end. */
const LATER = 4;

interface CommandOptions extends GemOptions {
  readonly wait?: number;
}

/** Adds `command`. */
export function registerCommand(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'command')
    .option('--wait <seconds>', 'wait for the event of its completion', parseSeconds(false))
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const options = self.opts<CommandOptions>();
      const { target, rest } = targetOf(words, options);
      const [name, ...given] = rest;
      if (name === undefined) throw new UsageError('NAME is missing: a remote command, such as START');
      const profile = await profileOfOptions(options, false);
      const parameters = parametersOf(profile, name, given);
      await withHost(io, self, target, {}, (run) => send(run, name, parameters, options.wait));
    });
}

async function send(
  { host, profile, printer, takeTime }: GemRun,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  wait: number | undefined,
): Promise<void> {
  const completion = profile.commands?.[name]?.completion;
  const told = wait === undefined || completion === undefined ? undefined : nextEvent(host, completion);
  try {
    const result = await host.command(name, parameters);
    const { hcack, text, parameters: faults } = result;
    if (!result.accepted) {
      const bad = faults.map((fault) => `${fault.name} (${CPACK[fault.code] ?? `CPACK ${fault.code}`})`);
      const isFormat = faults.some(({ code }) => code === 3);
      const which = bad.length === 0 ? '' : `: ${bad.join(', ')}`;
      const refused = await refusal(host, `${name}${which}`, 'HCACK', { code: hcack, text });
      const isUnchecked = hcack === 1 && Object.keys(profile.commands ?? {}).length === 0;
      const hint = isFormat
        ? ". Give an item as SML: NAME='<U1 3>'"
        : isUnchecked
          ? '. A tool does not tell its commands, and the profile has no commands to check the name by: rxsecs gem profile MODULE makes them of a model'
          : '';
      throw new CliError(`${refused.message}${hint}`, refused.exitCode);
    }
    printer.print('command', { name, hcack, text, parameters: faults }, `${name}: HCACK ${hcack}, ${text}`);
    if (wait === undefined || hcack !== LATER) return;
    if (told === undefined)
      throw new UsageError(`the profile has no completion for ${name}: nothing would tell of its end`);
    takeTime();
    const values = await told.within(wait);
    printer.print('completed', { name, event: completion, values }, `${completion}: ${valuesText(values)}`);
  } finally {
    told?.stop();
  }
}

const CPACK: Readonly<Record<number, string>> = { 1: 'unknown name', 2: 'bad value', 3: 'bad format' };

/** Waits for an event from now on, also where it comes before the answer. */
function nextEvent(
  host: GemRun['host'],
  name: string,
): { within(seconds: number): Promise<Readonly<Record<string, unknown>>>; stop(): void } {
  let timer: { cancel(): void } | undefined;
  let subscription: { unsubscribe(): void } | undefined;
  const came = new Promise<Readonly<Record<string, unknown>>>((resolve) => {
    subscription = host.event(name).subscribe(({ values }) => resolve(values));
  });
  const { clock } = host.session.connection;
  return {
    within: (seconds) =>
      Promise.race([
        came,
        new Promise<never>((_resolve, reject) => {
          const text = `the event ${name} did not come within --wait ${seconds} s: is it enabled? See rxsecs gem setup`;
          timer = clock.setTimer('completion', seconds, () => reject(new CliError(text, ExitCode.noReply)));
        }),
      ]),
    stop: () => {
      timer?.cancel();
      subscription?.unsubscribe();
    },
  };
}

/** Parameters from `NAME=VALUE`, in the formats of the profile. */
function parametersOf(
  profile: ToolProfile,
  command: string,
  given: readonly string[],
): Record<string, unknown> {
  const known = profile.commands?.[command]?.parameters;
  return Object.fromEntries(
    given.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new UsageError(`'${word}' is no parameter: NAME=VALUE is allowed`);
      const name = word.slice(0, at);
      const shape = known?.[name];
      const text = word.slice(at + 1);
      const one = (part: string): unknown => valueOf(name, part, shape?.format);
      return [name, shape?.array === true && !text.startsWith('<') ? text.split(',').map(one) : one(text)];
    }),
  );
}

function valueOf(name: string, text: string, format: string | undefined): unknown {
  // An item as SML is taken as it is, whatever the profile says.
  if (/^\s*<.*>\s*$/s.test(text)) return itemOf(name, text);
  if (format === undefined) return text;
  if (format === 'BOOLEAN') {
    if (/^(true|t|1)$/i.test(text)) return true;
    if (/^(false|f|0)$/i.test(text)) return false;
    throw new UsageError(`${name} must be true or false, received '${text}'`);
  }
  if (!/^[UIF]\d$|^B$/.test(format)) return text;
  const isWhole = /^-?\d+$/.test(text);
  const value = isWhole && /8$/.test(format) && !format.startsWith('F') ? BigInt(text) : Number(text);
  if (text.trim() === '' || Number.isNaN(Number(value)))
    throw new UsageError(`${name} must be a number (${format}), received '${text}'`);
  return value;
}

function itemOf(name: string, text: string): Item {
  try {
    return parseItem(text);
  } catch (error) {
    throw new UsageError(`${name} is no item of SML: ${describeError(error)}`, { cause: error });
  }
}
