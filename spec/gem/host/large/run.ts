import { loadavg } from 'node:os';
import { transfer } from './transfer';

/** `npm run gem:large -- 1024`: a recipe of so many MiB to an equipment and back, with cuts; exits with 1 where it is not the same. */
async function main(): Promise<void> {
  const mebibytes = Number(process.argv[2] ?? 1024);
  if (!Number.isInteger(mebibytes) || mebibytes < 1)
    throw new Error('the size must be a whole number of MiB');
  const { bytes, down, up, cuts, peak, before, same } = await transfer(mebibytes * 2 ** 20);
  const rate = (seconds: number): string =>
    `${seconds.toFixed(1)} s (${(bytes / seconds / 2 ** 20).toFixed(0)} MiB/s)`;
  console.log(
    `${mebibytes} MiB, ${cuts} cuts: down ${rate(down)}, up ${rate(up)}, ${same ? 'the same' : 'NOT THE SAME'}`,
  );
  const mib = (size: number): string => (size / 2 ** 20).toFixed(0);
  console.log(
    `both sides in one process: heap and buffers ${mib(before)} MiB before, ${mib(peak)} MiB at most; load ${loadavg()[0]?.toFixed(1)}`,
  );
  if (!same || cuts !== 2) process.exitCode = 1;
}

void main();
