// Sends random values of every message through a peer's own functions: it reads what our definitions build and writes it again,
// and our definitions read that. What comes back is what was sent, but for what is listed.
import fc from 'fast-check';
import { valuesOf } from '../../spec/e5/support/values.js';
import { catalogue, printMessage, type AnyDefinition } from '../../src/e5/index.js';
import { receivedMessage } from '../../src/secs2/index.js';

const SAMPLES = 5;
const SEED = 20;

interface Trial {
  readonly definition: AnyDefinition;
  readonly body: Buffer;
}

const trials = [...catalogue].flatMap((definition) =>
  fc.sample(valuesOf(definition), { numRuns: SAMPLES, seed: SEED }).map((values): Trial => {
    const { body } = definition.build(values);
    return { definition, body };
  }),
);

/** What the peer is given: `S1F3 hex` a line. */
export const questions: readonly string[] = trials.map(
  ({ definition, body }) => `${definition.name} ${body.toString('hex')}`,
);

/** What is wrong with what came back, or undefined. */
function fault({ definition, body }: Trial, answer: string): string | undefined {
  if (answer.startsWith('!')) return answer;
  const { stream, function: fn, wantsReply } = definition;
  const received = receivedMessage(stream, fn, wantsReply, Buffer.from(answer, 'hex'));
  try {
    const read = definition.read(received);
    // The same values make the same bytes.
    const again = definition.build(read).body;
    return again.equals(body)
      ? undefined
      : `came back as ${printMessage(received, { counts: 'never', indent: 0 }).replaceAll('\n', '')}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Compares what a peer answered to each of the questions: `hex`, `! reason`, or `-` where it has no such message.
 *
 * @param deviations - the messages that the peer has otherwise, with the reason.
 * @param least - how many messages it has at least.
 * @returns whether all is as it should be.
 */
export function compare(
  peer: string,
  answers: readonly string[],
  deviations: Readonly<Record<string, string>>,
  least: number,
): boolean {
  const known = new Set<string>();
  const faults = new Map<string, string>();
  trials.forEach((trial, i) => {
    const answer = answers[i] ?? '! no answer';
    if (answer === '-') return;
    const { name } = trial.definition;
    known.add(name);
    const found = fault(trial, answer);
    if (found !== undefined && !faults.has(name)) faults.set(name, found);
  });
  const isAsListed = compareList(faults, deviations);
  console.log(
    `${peer}: ${known.size} messages of its own, ${known.size - faults.size} the same both ways, ${faults.size} as listed or not`,
  );
  return isAsListed && known.size >= least;
}

/** Prints what differs, and says whether that is what is listed, no more and no less. */
export function compareList(
  found: ReadonlyMap<string, string>,
  listed: Readonly<Record<string, string>>,
): boolean {
  for (const [name, text] of found) {
    console.log(listed[name] === undefined ? `${name} DIFFERS: ${text}` : `${name}: ${listed[name]}`);
  }
  const obsolete = Object.keys(listed).filter((name) => !found.has(name));
  for (const name of obsolete) console.log(`${name} is listed as different, and is not`);
  return obsolete.length === 0 && [...found.keys()].every((name) => listed[name] !== undefined);
}
