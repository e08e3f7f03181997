import { createInterface } from 'node:readline';

/** What a contestant's process can be asked: a name and numbers; the answer is whatever JSON can hold. */
export type Answers = Readonly<Record<string, (...values: number[]) => unknown>>;

/** Answers questions, one JSON object a line on standard input, until that ends. Several may be open at a time. */
export function serve(answers: Answers): void {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void answer(answers, JSON.parse(line) as Question));
  lines.on('close', () => process.exit());
}

interface Question {
  readonly id: number;
  readonly name: string;
  readonly values: number[];
}

async function answer(answers: Answers, { id, name, values }: Question): Promise<void> {
  let result: object;
  try {
    result = { id, value: (await answers[name]?.(...values)) ?? null };
  } catch (error) {
    result = { id, error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Gives back what memory can be given back. */
export function collect(): void {
  globalThis.gc?.();
}
