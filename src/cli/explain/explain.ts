import type { Command } from 'commander';
import { catalogue, explain, type AnyDefinition, type MessageSet } from '../../e5/index.js';
import { UsageError } from '../exit-codes.js';
import { write, type CliIo } from '../io.js';
import { loadMessages } from '../output/messages-option.js';
import { globalOptions } from '../program.js';
import { SUMMARIES } from '../summaries.js';

const EXAMPLES = `
Examples:
  What is in a message, who sends it, and what answers it:
    $ rxsecs explain S2F41
  What the codes of a data item mean, and where it is used:
    $ rxsecs explain HCACK
  Every message of streams 2 and 6:
    $ rxsecs explain --list S2 S6
  A message of your own:
    $ rxsecs explain S100F1 --messages tool.json`;

interface ExplainOptions {
  readonly list?: boolean;
  readonly messages?: string;
}

/** Adds `rxsecs explain`. */
export function registerExplain(program: Command, io: CliIo): void {
  const command = program
    .command('explain')
    .description(SUMMARIES.explain.summary)
    .argument('[name...]', 'messages and data items; with --list, streams')
    .option('--list', 'list the messages, all or those of the streams named')
    .option('--messages <file>', 'know also the messages of a file: JSON, or a module with defineMessage')
    .addHelpText('after', EXAMPLES);
  command.action(async (names: readonly string[], { list = false, messages }: ExplainOptions) => {
    const { json } = globalOptions(command, io);
    if (!list && names.length === 0)
      command.error('name a message, as S2F41, or a data item, as HCACK; or --list');
    const set = messages === undefined ? catalogue : await loadMessages(messages, io.importModule);
    const text = list
      ? listText(names, json, set)
      : names.map((name) => explained(name, json, set)).join(json ? '\n' : '\n\n');
    await write(io, io.stdout, `${text}\n`);
  });
}

function explained(name: string, json: boolean, set: MessageSet): string {
  const text = textOf(name, set);
  return json ? JSON.stringify({ name: name.toUpperCase(), text }) : text;
}

function textOf(name: string, set: MessageSet): string {
  try {
    return explain(name, set);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** The messages of some streams, one a line. */
function listText(streams: readonly string[], json: boolean, set: MessageSet): string {
  const wanted = new Set(streams.map((text) => Number(text.replace(/^s/i, ''))));
  const found = [...set].filter(
    ({ stream, function: fn }) => fn !== 0 && (wanted.size === 0 || wanted.has(stream)),
  );
  return found.map((one) => (json ? JSON.stringify(factsOf(one)) : lineOf(one))).join('\n');
}

function lineOf({ name, title, facts, reply }: AnyDefinition): string {
  const answer = reply === undefined ? '' : ` → ${(reply as AnyDefinition).name}`;
  return `${name.padEnd(7)} ${facts.direction.padEnd(5)} ${title}${answer}`;
}

function factsOf({ name, title, facts, reply }: AnyDefinition): object {
  return { name, title, direction: facts.direction, reply: (reply as AnyDefinition | undefined)?.name };
}
