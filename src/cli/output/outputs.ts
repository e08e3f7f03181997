import type { MessageSet } from '../../e5/index.js';
import type { CliIo } from '../io.js';
import { LineOutput, lostComment, lostRecord, type Lines } from './line-output.js';
import type { GlobalOptions } from '../program.js';
import { JsonReport, TextReport, type Report } from './report.js';
import { setOf, smlLook } from './named-sml.js';
import { TERMINAL_VALUES } from '../entity/run-options.js';

/** What is wanted of the outputs. */
export interface OutputOptions {
  readonly control?: boolean;
  readonly maxLength?: number;
  readonly codePage?: string;
  readonly names?: boolean | MessageSet | undefined;
}

/** Where a run prints to: standard output, or a terminal. */
export interface Outputs {
  readonly report: Report;
  /** From now on, what is printed goes there instead of to standard output. */
  printTo(lines: Lines): void;
  /** Closes a terminal; what is printed goes to standard output again. */
  closeTerminal(terminal: { close(): void }): void;
}

/** Opens what the options ask for. */
export function openOutputs(io: CliIo, { json, paint }: GlobalOptions, options: OutputOptions): Outputs {
  const plain = new LineOutput(io.stdout, json ? lostRecord(io) : lostComment);
  let lines: Lines = plain;
  const printed: Lines = { print: (text) => lines.print(text) };
  const maxLength = options.maxLength ?? (io.stdout.isTTY === true ? TERMINAL_VALUES : undefined);
  const sml = smlLook(maxLength, options.codePage, options.names);
  const screen = json
    ? new JsonReport(io, printed, true, setOf(options.names))
    : new TextReport(io, printed, paint, sml, options.control !== false);
  return {
    report: screen,
    printTo: (other) => (lines = other),
    closeTerminal: (terminal) => {
      lines = plain;
      terminal.close();
    },
  };
}
