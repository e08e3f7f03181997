/** A text that repeats one thing. */
export type Shape = readonly [name: string, make: (count: number) => string];

const repeated: readonly Shape[] = [
  ['open lists', (n) => 'S1F1 '.concat('<L '.repeat(n))],
  ['bare lists', (n) => 'S1F1 '.concat('L[1] '.repeat(n))],
  ['quotes', (n) => `S1F1 <A ${'"a" '.repeat(n)}>`],
  ['open quotes', (n) => `S1F1 <A ${'"'.repeat(n)}`],
  ['backslashes', (n) => `S1F1 <A "${'\\'.repeat(n)}">`],
  ['spaces in a head', (n) => `S1F1 <L ${' '.repeat(n)}[1] <L>>`],
  ['words in a header', (n) => `S1F1 ${'a-a '.repeat(n)}.`],
  ['dashes', (n) => `S1F1 a${'-'.repeat(n)}`],
  ['headers', (n) => 'S1F1\n'.repeat(n)],
  ['names without headers', (n) => 'x '.repeat(n)],
  ['names and headers', (n) => 'x: S1F1 W.\n'.repeat(n)],
  ['comments', (n) => '/* * */ '.repeat(n)],
  ['stars', (n) => '*'.repeat(n)],
  ['full stops', (n) => '.'.repeat(n)],
  ['numbers', (n) => `S1F1 <U4 ${'7 '.repeat(n)}>`],
  ['digits', (n) => `S1F1 <U8 ${'7'.repeat(n)}>`],
  ['long integers', (n) => `S1F1 <I8 ${'-00000000000000000000001 '.repeat(n)}>`],
  ['wrong counts', (n) => `S1F1 <L ${'<A[9] "a">\n'.repeat(n)}>`],
  ['unquoted text', (n) => `S1F1 <L ${'<A[3] abc>'.repeat(n)}>`],
  ['bytes', (n) => `S1F1 <A ${'0x41 '.repeat(n)}>`],
  ['labels', (n) => `S1F1 <L ${'<U1 1>=x '.repeat(n)}>`],
  ['W-bits on secondaries', (n) => 'S1F2 W.\n'.repeat(n)],
  ['brackets', (n) => `S1F1 ${'['.repeat(n)}`],
  ['commas', (n) => `S1F1 <U1 ${','.repeat(n)}>`],
];

/** Texts of many kinds, each as long as is asked for: what grows faster than they do shows in these. */
export function repeatedTexts(): readonly Shape[] {
  return repeated;
}
