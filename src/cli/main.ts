import { commandsFor } from './commands.js';
import { ExitCode } from './exit-codes.js';
import { printWarnings, processIo, type ImportModule } from './io.js';
import { createProgram, run } from './program.js';

/** Runs the command line of this process and sets what it ends with. */
export async function main(version: string, importModule: ImportModule): Promise<void> {
  printWarnings();
  const io = processIo(importModule);
  const args = process.argv.slice(2);
  const code = await run(createProgram(io, version, await commandsFor(args)), io, args);
  process.exitCode = code === ExitCode.ok ? io.exitCode() : code;
  io.release();
  // An open standard input would keep the process alive.
  process.stdin.unref?.();
}
