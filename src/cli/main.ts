import { registerConnect } from './entity/connect.js';
import { registerDecode } from './decode/decode.js';
import { ExitCode } from './exit-codes.js';
import { printWarnings, processIo } from './io.js';
import { registerExplain } from './explain/explain.js';
import { registerListen } from './entity/listen.js';
import { createProgram, run, type Register } from './program.js';
import { registerReplay } from './replay/replay.js';
import { registerProxy } from './proxy/proxy.js';
import { registerSend } from './send/send.js';

/** Every command, in the order of `rxsecs --help`. */
export const commands: readonly Register[] = [
  registerListen,
  registerConnect,
  registerSend,
  registerProxy,
  registerDecode,
  registerReplay,
  registerExplain,
];

/** Runs the command line of this process and sets what it ends with. */
export async function main(version: string): Promise<void> {
  printWarnings();
  const io = processIo();
  const code = await run(createProgram(io, version, commands), io, process.argv.slice(2));
  process.exitCode = code === ExitCode.ok ? io.exitCode() : code;
  io.release();
  // An open standard input would keep the process alive.
  process.stdin.unref?.();
}
