import type { CliIo } from '../io.js';

const WIDTH = 30;
/** Ten times a second is as often as anybody can read it. */
const INTERVAL_MS = 100;

/** Shows how far long work has come: on standard error, and only where that is a terminal. */
export interface Progress {
  /** Reports how many of the whole are done. */
  update(done: number): void;
  /** Takes the bar away: at the end, or before something is printed where the bar is. The next update draws it again. */
  end(): void;
}

const nothing: Progress = { update: () => {}, end: () => {} };

/**
 * A progress bar for `total` bytes of work, or none: where standard error is no terminal, or with `--json`.
 * @param label what is being done: `sending S7F3`
 */
export function progressBar(io: CliIo, label: string, total: number, wanted = true): Progress {
  const { stderr, clock } = io;
  if (stderr.isTTY !== true || !wanted) return nothing;
  const began = clock.now();
  let drawn = -Infinity;
  let shown = false;
  return {
    update(done) {
      const now = clock.now();
      if (now - drawn < INTERVAL_MS) return;
      drawn = now;
      shown = true;
      stderr.write(`\r\u001b[K${bar(label, Math.min(done, total), total, (now - began) / 1000)}`);
    },
    end() {
      if (shown) stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}

/** One line: `sending S7F3 [######------] 50 % 7.5/15.0 MiB 12.3 MiB/s`. */
export function bar(label: string, done: number, total: number, seconds: number): string {
  const share = total > 0 ? done / total : 1;
  const filled = Math.floor(share * WIDTH);
  const rate = seconds > 0 ? ` ${mebibytes(done / seconds)} MiB/s` : '';
  return (
    `${label} [${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${Math.floor(share * 100)} % ` +
    `${mebibytes(done)}/${mebibytes(total)} MiB${rate}`
  );
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
