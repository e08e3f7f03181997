/** What `console.log` and `util.inspect` call, without the module `node:util`. */
const CUSTOM = Symbol.for('nodejs.util.inspect.custom');

type Inspect = (value: unknown, options: object) => string;

/**
 * An event as it is, which a console shows with each error in one line: its stack, and that of its cause, would push the message out of
 * sight.
 */
export function shownShort<T extends object>(event: T): T {
  return Object.defineProperty(event, CUSTOM, {
    configurable: true,
    value: (_depth: number, options: object, inspect: Inspect): string =>
      inspect(withShortErrors(event, 0), options),
  });
}

/** Objects within one another in an event: the reason of an end is one. */
const DEPTH = 2;

function withShortErrors(value: object, depth: number): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => {
      if (one instanceof Error) return [name, shortError(one)];
      return [name, isPlain(one) && depth < DEPTH ? withShortErrors(one, depth + 1) : one];
    }),
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function shortError(error: Error): object {
  const { code } = error as NodeJS.ErrnoException;
  const text = `${error.name}: ${error.message}${code === undefined ? '' : ` (${code})`}`;
  return { [CUSTOM]: () => text };
}
