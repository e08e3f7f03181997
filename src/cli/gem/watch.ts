import { Option, type Command } from 'commander';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { parseInteger, parseSeconds } from '../values.js';
import { withHost, type GemRun } from './support/host-run.js';
import { readJsonFile } from './support/json-file.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { valuesText } from './support/printer.js';

const EXAMPLES = `
Examples:
  What the tool reports as it is set up now; nothing is changed:
    $ rxsecs gem watch tool-7:5000 --profile etcher.json
  Set it up first, then ten wafers, for jq:
    $ rxsecs gem watch tool-7:5000 WaferStarted --profile etcher.json --setup setup.json --count 10 --json`;

interface WatchOptions extends GemOptions {
  readonly setup?: string;
  readonly count?: number;
  readonly for?: number;
}

/** Adds `watch`. */
export function registerWatch(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'watch')
    .option('--setup <file>', 'apply a set-up first: it replaces the reports and links that the tool had')
    .addOption(
      new Option('--count <n>', 'end after n of them')
        .helpGroup('End:')
        .argParser(parseInteger(1, Number.MAX_SAFE_INTEGER)),
    )
    .addOption(
      new Option('--for <seconds>', 'end after this many seconds')
        .helpGroup('End:')
        .argParser(parseSeconds(false)),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const options = self.opts<WatchOptions>();
      const { target, rest } = targetOf(words, options);
      const setup = options.setup === undefined ? undefined : await readJsonFile(options.setup, 'set-up');
      if (rest.length > 0 && options.profile === undefined)
        throw new UsageError('events have names in a profile: --profile FILE');
      const wish = { setup, needsProfile: setup !== undefined };
      await withHost(io, self, target, wish, (run) => watch(io, run, rest, options));
    });
}

/** Prints until enough has come, or time is up. */
async function watch(
  io: CliIo,
  { host, printer, takeTime }: GemRun,
  wanted: readonly string[],
  { count = Infinity, for: seconds }: WatchOptions,
): Promise<void> {
  for (const name of wanted) host.event(name);
  takeTime();
  for (const { step, text } of host.degraded) io.stderr.write(`rxsecs: ${step}: ${text}\n`);
  let timer: { cancel(): void } | undefined;
  await new Promise<void>((resolve) => {
    let left = count;
    const show: Show = (kind, fields, text) => {
      if (left === 0) return;
      printer.print(kind, fields, `${printer.time} ${text}`);
      if (--left === 0) resolve();
    };
    const isAll = wanted.length === 0;
    host.events.subscribe((event) => {
      if (isAll || wanted.includes(event.name ?? '')) showEvent(event, show);
    });
    if (isAll) subscribeOthers(host, show);
    io.stderr.write('rxsecs: watching; Ctrl-C ends it\n');
    if (seconds !== undefined) timer = io.clock.setTimer('for', seconds, resolve);
  });
  timer?.cancel();
}

type Host = GemRun['host'];
type Show = (kind: string, fields: Readonly<Record<string, unknown>>, text: string) => void;

function showEvent(
  event: Parameters<Parameters<Host['events']['subscribe']>[0] & object>[0],
  show: Show,
): void {
  const { name, ceid, values, spooled, reports } = event;
  const rest = reports
    .filter((report) => report.name === undefined)
    .map(({ rptid, values: v }) => ({ rptid, values: v }));
  const more = rest.map((report) => ` report ${report.rptid}: ${valuesText({ ...report.values })}`).join('');
  show(
    'event',
    { name, ceid, values, spooled, ...(rest.length > 0 && { reports: rest }) },
    `event ${name ?? `CEID ${ceid}`}${spooled ? ' (spooled)' : ''} ${valuesText(values)}${more}`.trimEnd(),
  );
}

function subscribeOthers(host: Host, show: Show): void {
  host.alarms.subscribe(({ name, alid, set, category, text, spooled }) =>
    show(
      'alarm',
      { name, alid, set, category, text, spooled },
      `alarm ${set ? 'set' : 'cleared'} ${name ?? `ALID ${alid}`}: ${text}`,
    ),
  );
  host.traces.subscribe(({ name, trid, sample, time, samples, missed }) =>
    show(
      'trace',
      { name, trid, sample, time, samples, missed },
      `trace ${name ?? trid} sample ${sample}: ${samples.map(valuesText).join('; ')}`,
    ),
  );
  host.terminalInput.subscribe(({ terminal, text }) =>
    show('terminal', { terminal, text }, `terminal ${terminal}: ${text}`),
  );
  host.recipeNotices.subscribe(({ kind, ppid, faults }) =>
    show('recipe', { notice: kind, ppid, faults }, `recipe ${kind} ${ppid ?? ''}`.trimEnd()),
  );
  host.warnings.subscribe(({ kind, text }) => show('warning', { warning: kind, text }, `warning: ${text}`));
}
