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
  ['names like headers', (n) => "S2F41Ok(1,2): 'S2F42' <L>.\n".repeat(n)],
  ['headers on one line', (n) => 'S1F1 W '.repeat(n)],
  ['colons', (n) => `S1F1 ${':'.repeat(n)}`],
  ['a long title', (n) => `S1F1 ${'a (b) '.repeat(n)}[SystemByte = 1]`],
  ['titles', (n) => 'S6F12  S6F12 - Acknowledge [SystemByte = 1]\n<B,1 0 [X]>.\n'.repeat(n)],
  ['labels of text', (n) => `S1F1 <L ${'<A,3 abc [Name]>'.repeat(n)}>`],
  ['far counts', (n) => `S1F1 <L ${`<A[${2 * n}] x${' '.repeat(30)}> `.repeat(n / 4)}>`],
  ['brackets in text', (n) => `S1F1 <A[${n}] ${'>'.repeat(n)}>`],
  ['closed heads', (n) => `S1F1 <L ${'<L[1]>\n'.repeat(n)}>`],
  ['closed heads, deeper', (n) => `S1F1\n${'<L[1]>\n'.repeat(n)}`],
  ['lines of a log', (n) => '2026-01-02 03:04:05 INFO --> [0x1] S1F1 W.\n'.repeat(n)],
  ['other lines of a log', (n) => '2026-01-02 03:04:05 INFO S1 S2 S3\n'.repeat(n)],
  ['one line of a log', (n) => `2026-01-02 03:04:05 ${'S1F '.repeat(n)}`],
  ['definitions', (n) => Array.from({ length: n / 4 }, (_, i) => `#define A${i} A${i + 1}\n`).join('')],
  ['statements', (n) => 'if (S1F1 (1)==<U4 1>) a. every 2 send a.\n'.repeat(n)],
  ['placeholders', (n) => `S1F1 <L ${'<V> <U4 SVID> ... '.repeat(n)}>.`],
  ['long names', (n) => `S1F1 <L ${'<UINT4 1 7> '.repeat(n)}>`],
  ['messages in brackets', (n) => '<S1F1 W <L>>\n'.repeat(n)],
  ['commas', (n) => `S1F1 <U1 ${','.repeat(n)}>`],
];

/** Texts of many kinds, each as long as is asked for: what grows faster than they do shows in these. */
export function repeatedTexts(): readonly Shape[] {
  return repeated;
}
