import { InvalidArgumentError, Option, type Command } from 'commander';
import type { SmlParseOptions } from '../../secs2/index.js';
import { MESSAGES_OPTION } from '../output/messages-option.js';
import { encodingLabel } from './text.js';

/** What the options say of how SML is read. */
export interface SmlOptions {
  readonly codePage?: string;
  readonly binary?: 'decimal' | 'hex';
  readonly escapes?: 'quotes' | 'all' | 'none';
  readonly strictSml?: true;
  readonly names?: true;
  readonly messages?: string;
  readonly encoding?: string;
}

/** Adds the options of how SML is read. */
export function addSmlOptions(command: Command): Command {
  const option = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup('SML:');
  return command
    .addOption(
      option(
        '--encoding <name>',
        'how files of SML are written, as in gbk (UTF-8; UTF-16 by its mark)',
      ).argParser(parseEncoding),
    )
    .addOption(
      option('--binary <how>', 'how bare numbers in B items are read (decimal)').choices(['decimal', 'hex']),
    )
    .addOption(
      option('--escapes <which>', 'what a backslash in a text stands before (quotes)').choices([
        'quotes',
        'all',
        'none',
      ]),
    )
    .addOption(option('--names', 'name messages and data items of E5 in comments of what is printed'))
    .addOption(option('--messages <file>', MESSAGES_OPTION))
    .addOption(option('--strict-sml', 'refuse SML that can be read in two ways, instead of warning'));
}

/** The options of the parser that these are. */
export function parseOptionsOf({ codePage, binary, escapes, strictSml }: SmlOptions): SmlParseOptions {
  return {
    ...(codePage !== undefined && { codePage }),
    ...(binary !== undefined && { binary }),
    ...(escapes !== undefined && { escapes }),
    ...(strictSml === true && { strict: true }),
  };
}

/** Reads the name of an encoding of files. */
function parseEncoding(name: string): string {
  const label = encodingLabel(name);
  if (label === undefined) {
    throw new InvalidArgumentError(
      'utf-8, utf-16le, utf-16be, gbk, gb18030, big5, shift_jis, euc-jp, euc-kr, windows-1252 and the like are allowed.',
    );
  }
  return label;
}
