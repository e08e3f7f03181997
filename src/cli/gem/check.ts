import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  checkEquipment,
  checkHost,
  checkHtml,
  checkJUnit,
  equipmentChanges,
  equipmentRules,
  hostRules,
  type CheckOptions,
  type RuleDescription,
  type RuleResult,
} from '../../gem/index.js';
import { outcomeOf, type SecsSession } from '../../index.js';
import { S } from '../../secs2/index.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { globalOptions } from '../program.js';
import { addCheckOptions, askOperator, commandOf, type CheckFlags } from './support/check-options.js';
import { withSession } from './support/check-session.js';
import { profileOfOptions } from './support/host-run.js';
import { gemSubcommand, targetOf, type Target } from './support/options.js';
import { GemPrinter } from './support/printer.js';

const EXAMPLES = `
Examples:
  What the tool does of GEM; it is only read:
    $ rxsecs gem check tool-7:5000
  The rules that alter it too, with results for a CI and for people:
    $ rxsecs gem check tool-7:5000 --change --junit gem.xml --html gem.html
  With a command that may be carried out, and somebody at the tool:
    $ rxsecs gem check tool-7:5000 --change --command 'START PPID=OXIDE' --operator
  A host that connects to its tool, which is played here:
    $ rxsecs gem check --listen 5000 --profile etcher.json
  What can be judged, and what it would change:
    $ rxsecs gem check --list`;

/** Adds `check`. */
export function registerCheck(gem: Command, io: CliIo): void {
  addCheckOptions(gemSubcommand(gem, 'check'))
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const flags = self.opts<CheckFlags>();
      const printer = new GemPrinter(io, globalOptions(self, io).json);
      if (flags.list === true) {
        const isHost = flags.judge === 'host' || (flags.judge === undefined && flags.listen !== undefined);
        for (const rule of isHost ? hostRules() : equipmentRules()) printRule(printer, rule);
        return;
      }
      const { target, rest } = targetOf(words, flags);
      if (rest.length > 0) throw new UsageError(`'${rest.join(' ')}' is not wanted: one HOST:PORT is`);
      const run: CheckRun = { io, flags, printer, target, command: self };
      const side = flags.judge ?? (target.role === 'passive' ? 'host' : 'tool');
      await (side === 'tool' ? judgeTool(run) : judgeHost(run));
    });
}

/** One run of the command. */
interface CheckRun {
  readonly io: CliIo;
  readonly flags: CheckFlags;
  readonly printer: GemPrinter;
  readonly target: Target;
  readonly command: Command;
}

async function judgeTool(run: CheckRun): Promise<void> {
  const { io, flags, target, command } = run;
  const options = await optionsOf(io, flags);
  announce(io, equipmentChanges(options));
  await reported(run, (onResult) =>
    withSession(io, command, target, 'host', async (session) => {
      if (flags.onLine === true) await goOnLine(io, session);
      await checkEquipment(session, { ...options, onResult, signal: io.interrupted });
    }),
  );
}

async function judgeHost(run: CheckRun): Promise<void> {
  const { io, flags, target, command } = run;
  for (const name of ['changeAll', 'command', 'operator', 'onLine'] as const)
    if (flags[name] !== undefined)
      throw new UsageError(
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is for the check of a tool, see --judge`,
      );
  const { rule, patience, pause, change = false } = flags;
  const profile = await profileOfOptions(flags, false);
  const options = { change, profile, patience, quiet: pause, ...(rule !== undefined && { rules: rule }) };
  if (change)
    announce(
      io,
      hostRules().filter(({ id, changes }) => changes !== undefined && (rule?.includes(id) ?? true)),
    );
  await reported(run, (onResult) =>
    withSession(io, command, target, 'equipment', async (session) => {
      await checkHost(session, { ...options, onResult, signal: io.interrupted });
    }),
  );
}

/** Says before it begins what a run changes. */
function announce(io: CliIo, rules: readonly RuleDescription[]): void {
  for (const { id, changes = '', loses } of rules)
    io.stderr.write(`rxsecs: ${id} ${changes}${loses === undefined ? '' : `; lost for good: ${loses}`}\n`);
}

/** Prints results as they come, and writes the files that are wanted of them. */
async function reported(
  { io, flags, printer }: CheckRun,
  judge: (onResult: (result: RuleResult) => void) => Promise<void>,
): Promise<void> {
  const results: RuleResult[] = [];
  try {
    await judge((result) => {
      results.push(result);
      printResult(printer, result);
    });
  } finally {
    // What was judged before a link was lost is worth keeping.
    if (flags.junit !== undefined) await writeFile(flags.junit, checkJUnit(results));
    if (flags.html !== undefined) await writeFile(flags.html, checkHtml(results));
  }
  printSummary(printer, results);
  if (results.some(({ verdict }) => verdict === 'FAIL')) io.setExitCode(ExitCode.different);
}

async function optionsOf(io: CliIo, flags: CheckFlags): Promise<CheckOptions> {
  const profile = await profileOfOptions(flags, false);
  const { changeAll, change, command, rule, operator, patience, pause } = flags;
  return {
    change: changeAll === true ? 'all' : change === true,
    profile,
    patience,
    quiet: pause,
    ...(rule !== undefined && { rules: rule }),
    ...(command !== undefined && { command: commandOf(command, profile) }),
    ...(operator === true && { operator: askOperator(io) }),
  };
}

/** `--on-line`: the tool is taken ON-LINE, and stays there. */
async function goOnLine(io: CliIo, session: SecsSession): Promise<void> {
  for (const message of [S(1, 13).w(), S(1, 17).w()]) {
    const answer = await session.request(message).then(String, (error: unknown) => {
      const outcome = outcomeOf(error);
      if (outcome === undefined || outcome === 'closed') throw error;
      return outcome;
    });
    io.stderr.write(`rxsecs: ${message.name}: ${answer.replace(/\s+/g, ' ')}\n`);
  }
}

function printResult(printer: GemPrinter, result: RuleResult): void {
  const { id, what, verdict, reason } = result;
  const why = reason === '' ? '' : `: ${reason.replace(/\s+/g, ' ')}`;
  printer.print('rule', { ...result }, `${verdict} ${id.padEnd(6)} ${what}${why}`);
}

function printRule(printer: GemPrinter, rule: RuleDescription): void {
  const { id, what, changes, loses, operator } = rule;
  const more = [
    changes === undefined ? 'only reads' : `it ${changes}`,
    ...(loses === undefined ? [] : [`lost for good: ${loses}`]),
    ...(operator === true ? ['with somebody at the tool'] : []),
  ];
  printer.print('description', { ...rule }, `${id.padEnd(6)} ${what} (${more.join('; ')})`);
}

function printSummary(printer: GemPrinter, results: readonly RuleResult[]): void {
  const count = (verdict: RuleResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  const sums = { pass: count('PASS'), fail: count('FAIL'), skip: count('SKIP') };
  printer.print('summary', sums, `${sums.pass} PASS, ${sums.fail} FAIL, ${sums.skip} SKIP`);
}
