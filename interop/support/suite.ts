import { Checks } from './checks.js';

/** How long a whole part may take, whatever its single waits allow. */
const PART_SECONDS = 150;

/** How long the process may live on after its part: everything that was opened must have been closed. */
const EXIT_SECONDS = 5;

/** What a part is given. */
export interface Part {
  readonly checks: Checks;
  /** Has `action` called when the part ends, however it ends; the last one first. */
  readonly cleanUp: (action: () => unknown) => void;
}

/**
 * Runs one part as a program: prints how many checks passed and leaves with 0, or prints the first failure and
 * leaves with 1.
 */
export function runPart(
  name: string,
  body: (part: Part) => Promise<void>,
  seconds: number = PART_SECONDS,
): void {
  // A part whose promises never settle would otherwise end the process with 0.
  process.exitCode = 1;
  const actions: (() => unknown)[] = [];
  const deadline = setTimeout(() => {
    console.error(`${name}: FAILED: not finished after ${seconds} s`);
    process.exit(1);
  }, seconds * 1000);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

  void run(name, body, actions).then((passed) => {
    clearTimeout(deadline);
    const watchdog = setTimeout(() => {
      console.error(
        `${name}: FAILED: something still keeps the process alive: ${process.getActiveResourcesInfo().join()}`,
      );
      process.exit(1);
    }, EXIT_SECONDS * 1000);
    watchdog.unref();
    if (passed) process.exitCode = 0;
  });
}

async function run(
  name: string,
  body: (part: Part) => Promise<void>,
  actions: (() => unknown)[],
): Promise<boolean> {
  const checks = new Checks();
  let passed = true;
  const fail = (error: unknown): void => {
    passed = false;
    console.error(
      `${name}: FAILED after ${checks.passed} checks: ${error instanceof Error ? error.message : String(error)}`,
    );
  };
  try {
    await body({ checks, cleanUp: (action) => actions.push(action) });
  } catch (error) {
    fail(error);
  }
  for (const action of actions.reverse()) {
    try {
      await action();
    } catch (error) {
      fail(error);
    }
  }
  if (passed) console.log(`${name}: ${checks.passed} checks passed`);
  return passed;
}
