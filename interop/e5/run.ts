// Our definitions beside those of secsgem and go-secs. `npm run e5:interop`.
import { join } from 'node:path';
import { catalogue } from '../../src/e5/index.js';
import { withSecsgem } from '../secs2/peers.js';
import { compare, compareList, questions } from './compare.js';
import { withGoSecs } from './go-secs.js';
import { bodies, directions, replies } from './go-secs-deviations.js';
import { deviations } from './secsgem-deviations.js';

const bySecsgem = withSecsgem(join(__dirname, 'echo.py'), questions);
let isRight = compare('secsgem 0.3.0', bySecsgem, deviations, 130);

const byGoSecs = withGoSecs([...questions, 'facts']);
isRight = compare('go-secs 2.8.0', byGoSecs.slice(0, questions.length), bodies, 430) && isRight;

const facts = byGoSecs
  .slice(questions.length)
  .filter((line) => line !== '')
  .map((line) => line.split('\t'));
const otherDirections = new Map<string, string>();
const otherReplies = new Map<string, string>();
for (const [name = '', direction = '', reply = ''] of facts) {
  const [, stream, fn] = /^S(\d+)F(\d+)$/.exec(name) ?? [];
  const ours = catalogue.get(Number(stream), Number(fn));
  if (ours === undefined) throw new Error(`go-secs has ${name}, and E5 here has not`);
  const ourReply = (ours.reply as { name: string } | undefined)?.name ?? '-';
  if (ours.facts.direction !== direction)
    otherDirections.set(name, `${ours.facts.direction}, not ${direction}`);
  if (ourReply !== reply) otherReplies.set(name, `answered by ${ourReply}, not ${reply}`);
}
isRight = compareList(otherDirections, directions) && isRight;
isRight = compareList(otherReplies, replies) && isRight;
console.log(
  `go-secs 2.8.0: of ${facts.length} messages ${facts.length - otherDirections.size} with the same sender, ${facts.length - otherReplies.size} with the same reply`,
);

if (!isRight) process.exitCode = 1;
