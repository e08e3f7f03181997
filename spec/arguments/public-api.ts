/** Something of the public interface that can be called: `HsmsSession.request`, `new HsmsSession`, `S`. */
export interface Callable {
  readonly name: string;
  readonly fn: (...args: never[]) => unknown;
}

/** All that an entry point exports and that can be called: functions, constructors, methods and static methods. */
export function callablesOf(entry: Readonly<Record<string, unknown>>): Callable[] {
  return Object.entries(entry).flatMap(([name, value]) => {
    if (typeof value === 'function') return callablesOfFunction(name, value as Callable['fn']);
    return isPlain(value) ? callablesOfObject(name, value) : [];
  });
}

function callablesOfFunction(name: string, fn: Callable['fn']): Callable[] {
  if (!/^class\b/.test(Function.prototype.toString.call(fn))) return [{ name, fn }];
  const { prototype } = fn as { prototype: object };
  return [
    { name: `new ${name}`, fn },
    ...methodsOf(prototype).map(([method, body]) => ({ name: `${name}.${method}`, fn: body })),
    ...methodsOf(fn).map(([method, body]) => ({ name: `${name}::${method}`, fn: body })),
  ];
}

function callablesOfObject(name: string, value: object): Callable[] {
  return methodsOf(value).map(([method, fn]) => ({ name: `${name}.${method}`, fn }));
}

/** Methods, without getters, symbols and what an ancestor has. */
function methodsOf(value: object): [string, Callable['fn']][] {
  return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([name, { value: member }]) =>
    name !== 'constructor' && typeof member === 'function' ? [[name, member as Callable['fn']]] : [],
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
