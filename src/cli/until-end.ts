import type { CliIo } from './io.js';

/** Waits for the interruption, or for a number of seconds. */
export async function untilEnd({ interrupted, clock }: CliIo, seconds: number | undefined): Promise<void> {
  if (interrupted.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = seconds === undefined ? undefined : clock.setTimer('for', seconds, resolve);
    const stop = (): void => {
      timer?.cancel();
      resolve();
    };
    interrupted.addEventListener('abort', stop, { once: true });
  });
}
