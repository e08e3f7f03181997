import type { Command } from 'commander';
import type { CliIo } from '../io.js';
import { withHost, type GemRun } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { valueText } from './support/printer.js';
import { outcomeOf } from '../../index.js';

const EXAMPLES = `
Examples:
  Model and software alone, without a profile:
    $ rxsecs gem status tool-7:5000
  With a profile also the control, processing and spool state, and what is set:
    $ rxsecs gem status tool-7:5000 --profile etcher.json --json | jq`;

/** What is asked by the names that E30 has for it. */
const PARTS = [
  'ControlState',
  'ProcessState',
  'PPExecName',
  'SpoolCountActual',
  'SpoolCountTotal',
  'Clock',
] as const;

/** Adds `status`. */
export function registerStatus(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'status')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const { target } = targetOf(words, self.opts<GemOptions>());
      await withHost(io, self, target, {}, printStatus);
    });
}

async function printStatus({ host, profile, printer }: GemRun): Promise<void> {
  const { model, softwareRevision } = host.identity ?? {};
  const control = await partOf(() => host.control.state());
  const values: Record<string, unknown> = {};
  for (const part of PARTS.slice(1)) {
    const name = profile.roles?.[part] ?? part;
    if (profile.variables?.[name] === undefined) continue;
    const read = await partOf(() => host.read(name));
    values[part] = typeof read === 'object' ? read[name] : read;
  }
  printer.print(
    'status',
    { model, softwareRevision, communicating: true, control, ...values },
    [
      `model            ${model ?? '(the tool does not say)'}`,
      `software         ${softwareRevision ?? '(the tool does not say)'}`,
      'link             selected, communicating',
      `control          ${control ?? '(not in the profile: --profile FILE)'}`,
      ...Object.entries(values).map(([name, value]) => `${name.padEnd(16)} ${valueText(value)}`),
    ].join('\n'),
  );
}

/** A part that the tool does not give is no reason to give up the others. */
async function partOf<T>(ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome === 'aborted') return 'OFF-LINE (it aborts what it is asked)';
    if (outcome === undefined || outcome === 'closed' || outcome === 'ended') throw error;
    return `not served (${outcome})`;
  }
}
