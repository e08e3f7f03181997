import { registerConnect } from '../../src/cli/entity/connect';
import type { ExitCode } from '../../src/cli/exit-codes';
import { registerListen } from '../../src/cli/entity/listen';
import { CliBed, type CliBedOptions } from './cli-bed';

/** A `listen` or `connect` that runs in this process. */
export interface RunningCli {
  readonly bed: CliBed;
  /** What the process would end with. */
  readonly ended: Promise<ExitCode>;
}

/** Starts `listen` on a free port of 127.0.0.1 and waits until it listens. */
export async function startListen(
  args: readonly string[] = [],
  options: CliBedOptions = {},
): Promise<RunningCli & { readonly target: string }> {
  const bed = new CliBed(options);
  const ended = bed.run([registerListen], 'listen', '127.0.0.1:0', ...args);
  await bed.prints(/127\.0\.0\.1:\d+/);
  return { bed, ended, target: /127\.0\.0\.1:\d+/.exec(bed.stdout)?.[0] ?? '' };
}

/** Starts `connect`. */
export function startConnect(
  target: string,
  args: readonly string[] = [],
  options: CliBedOptions = {},
): RunningCli {
  const bed = new CliBed(options);
  return { bed, ended: bed.run([registerConnect], 'connect', target, ...args) };
}
