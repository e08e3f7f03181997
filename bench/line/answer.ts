import { createInterface } from 'node:readline';

/** How much was done, and how long it took. */
export interface Done {
  readonly count: number;
  readonly seconds: number;
}

/** Answers the questions of the program that measures, one JSON object a line. */
export function answer(questions: Readonly<Record<string, (...values: number[]) => Promise<unknown>>>): void {
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const { id, name, values } = JSON.parse(line) as { id: number; name: string; values: number[] };
      const tell = (fields: object): void =>
        void process.stdout.write(`${JSON.stringify({ id, ...fields })}\n`);
      questions[name]?.(...values).then(
        (value) => tell({ value: value ?? null }),
        (error: Error) => tell({ error: error.message }),
      );
    })
    .on('close', () => process.exit(0));
}

/** Does something again and again for so long. */
export async function repeated(milliseconds: number, once: () => Promise<unknown>): Promise<Done> {
  const begun = process.hrtime.bigint();
  const end = begun + BigInt(milliseconds) * 1_000_000n;
  let count = 0;
  for (; process.hrtime.bigint() < end; count++) await once();
  return { count, seconds: Number(process.hrtime.bigint() - begun) / 1e9 };
}
