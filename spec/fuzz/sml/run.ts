import { ALLOWED, cpuTimeOf, growthOf, LONGER, readingTimeOf } from './growth.js';
import { repeatedTexts } from './shapes.js';

/**
 * Texts of eight times the length must not take much more than eight times as long.
 * To be run with a small young generation (`--max-semi-space-size=1`): with the usual one, no collection strikes while
 * a short text is read and several do while a long one is, so that what grows evenly seems to jump.
 */
function main(): void {
  const quadratic = growthOf((count) => 'x'.repeat(count), readQuadratically);
  if (quadratic <= ALLOWED) throw new Error(`a quadratic reader was taken for ${quadratic.toFixed(1)} x`);
  const growths = repeatedTexts().map(([name, make]) => ({ name, growth: growthOf(make, readingTimeOf) }));
  const worst = growths.reduce((most, one) => (one.growth > most.growth ? one : most));
  console.log(
    `sml growth: ${growths.length} shapes, ${LONGER} x the length took at most ${worst.growth.toFixed(1)} x ` +
      `(${worst.name}; ${ALLOWED} are allowed, a reader that is quadratic on purpose took ${quadratic.toFixed(1)} x)`,
  );
  for (const { name, growth } of growths) {
    if (growth <= ALLOWED) continue;
    console.error(`SML: ${name} of ${LONGER} times the length took ${growth.toFixed(1)} times as long`);
    process.exitCode = 1;
  }
}

/** What this check is to notice: work for each character that grows with how many came before it. */
function readQuadratically(text: string): number {
  return cpuTimeOf(() => {
    let sum = 0;
    for (let end = 0; end < text.length; end += 64) {
      for (let i = 0; i < end; i += 16) sum += text.charCodeAt(i);
    }
    if (sum < 0) throw new Error('never');
  });
}

main();
