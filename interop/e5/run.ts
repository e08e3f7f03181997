// Messages that our definitions build, read and written again by secsgem, and read by our definitions: what comes back is
// what was sent, but for what is listed. `npm run e5:interop`.
import { join } from 'node:path';
import fc from 'fast-check';
import { valuesOf } from '../../spec/e5/support/values.js';
import { catalogue, printMessage, type AnyDefinition } from '../../src/e5/index.js';
import { receivedMessage } from '../../src/secs2/index.js';
import { withSecsgem } from '../secs2/peers.js';
import { deviations } from './deviations.js';

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
const answers = withSecsgem(
  join(__dirname, 'echo.py'),
  trials.map(({ definition, body }) => `${definition.name} ${body.toString('hex')}`),
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

const unexpected = [...faults].filter(([name]) => deviations[name] === undefined);
const obsolete = Object.keys(deviations).filter((name) => !faults.has(name));
for (const [name] of faults) if (deviations[name] !== undefined) console.log(`${name}: ${deviations[name]}`);
for (const [name, text] of unexpected) console.log(`${name} DIFFERS: ${text}`);
for (const name of obsolete) console.log(`${name} is listed as different, and is not`);
console.log(
  `secsgem 0.3.0: ${known.size} messages of its own, ${known.size - faults.size} the same both ways, ${faults.size} as listed or not`,
);
if (unexpected.length > 0 || obsolete.length > 0 || known.size < 130) process.exitCode = 1;
