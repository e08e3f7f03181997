/** How many characters of a text, or of a name, an error message shows. */
const SHOWN = 60;

/**
 * A value in an error message: with its type, and short. It never throws and calls nothing of the value but a trap of a
 * proxy: a value may be there to do harm.
 */
export function describeValue(value: unknown): string {
  try {
    return describe(value);
  } catch {
    return typeof value === 'function' ? 'a function' : 'an object that cannot be looked at';
  }
}

function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string ${JSON.stringify(value.slice(0, SHOWN))}${value.length > SHOWN ? '…' : ''}`;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return BigInt.asIntN(256, value) === value
        ? `the bigint ${shortened(String(value))}n`
        : 'a huge bigint';
    case 'symbol':
      return `the symbol ${shortened(String(value))}`;
    case 'function':
      return describeFunction(value);
    case 'object':
      return value === null ? 'null' : describeObject(value);
    case 'boolean':
    case 'undefined':
      return String(value);
  }
}

function describeFunction(value: object): string {
  const name = plainField(value, 'name');
  return typeof name === 'string' && name !== '' ? `the function ${shortened(name)}` : 'a function';
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return 'an object without prototype';
  const maker = plainField(prototype, 'constructor');
  const name = typeof maker === 'function' ? plainField(maker, 'name') : undefined;
  if (typeof name !== 'string' || name === '' || name === 'Object') return 'an object';
  return `an instance of ${shortened(name)}`;
}

/** What an object has under a name, unless a getter would have to be called for it. */
function plainField(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** What was thrown, as an error: anything may be thrown. */
export function asError(thrown: unknown): Error {
  try {
    // Of whichever realm: tests and plug-ins run in ones of their own.
    if (Object.prototype.toString.call(thrown) === '[object Error]') return thrown as Error;
  } catch {
    // A proxy that does not let itself be looked at.
  }
  return new Error(describeValue(thrown));
}

/** A text of any length, cut for an error message. */
export function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
