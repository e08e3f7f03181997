import type { CloseReason } from '../../src/index.js';
import type {
  EntityHistory,
  EntityLife,
  LaneHistory,
  ProxyLifeHistory,
  RunHistory,
  SentRecord,
} from './history.js';
import type { WireFrame } from './support/wire-frames.js';

const LINKTEST_RSP = 6;

/** Errors that say that a send was refused: nothing of it may arrive. */
const REFUSED: ReadonlySet<string> = new Set([
  'HSMS_NOT_SELECTED',
  'HSMS_NOT_CONNECTED',
  'HSMS_QUEUE_FULL',
  'HSMS_SESSION_ENDED',
  'HSMS_ALREADY_REPLIED',
]);
/** Outcomes of sends of which nobody at that side can know whether they arrived. */
const UNKNOWN: ReadonlySet<string | undefined> = new Set([
  'HSMS_CONNECTION_CLOSED',
  'TEST_GIVEN_UP',
  undefined,
]);

/** How a request may end when links break. */
const ENDS: ReadonlySet<string | undefined> = new Set([
  'answered',
  'TEST_GIVEN_UP',
  'HSMS_NOT_SELECTED',
  'HSMS_NOT_CONNECTED',
  'HSMS_QUEUE_FULL',
  'HSMS_CONNECTION_CLOSED',
  'HSMS_SESSION_ENDED',
  'HSMS_T3_TIMEOUT',
  'HSMS_TRANSACTION_ABORTED',
]);
/** How it may end, besides, when bytes were changed, or the session was deselected under it. */
const ODD_ENDS: ReadonlySet<string | undefined> = new Set([
  'wrong answer',
  'HSMS_TRANSACTION_REJECTED',
  'HSMS_STREAM_9',
]);
const CONTROL_ENDS: ReadonlySet<string | undefined> = new Set([
  'done',
  'HSMS_NOT_SELECTED',
  'HSMS_NOT_CONNECTED',
  'HSMS_T6_TIMEOUT',
  'HSMS_CONTROL_REFUSED',
  // Of an enable() that a disposal overtook.
  'HSMS_DISABLED',
  'HSMS_DISPOSED',
]);

/** What a run shows to be broken, one sentence each; none when everything held. */
export function violations(run: RunHistory): string[] {
  const found: string[] = [];
  const { active, passive } = run.entities;
  for (const entity of [active, passive]) {
    const say = (text: string): void => void found.push(`${entity.side}: ${text}`);
    checkLives(run, entity, say);
    checkRequests(run, entity, say);
    checkLeftovers(entity, say);
  }
  for (const life of run.lives) checkPair(run, life, found);
  if (run.plan.kind === 'steady') checkSteady(run, found);
  if (run.quiet === false)
    found.push('what was sent on a link that stayed up had not all arrived when it was closed');
  checkTimes(run, found);
  return found;
}

function checkTimes({ recovery, ending }: RunHistory, found: string[]): void {
  if (recovery !== undefined && recovery.ms === undefined) {
    found.push(
      `no traffic flowed both ways within ${Math.round(recovery.boundMs)} ms of the end of the faults`,
    );
  }
  if (ending.ms === undefined)
    found.push(`not everything was closed within ${Math.round(ending.boundMs)} ms`);
}

type Say = (text: string) => void;

/** established, beforeClosed, closed, once each and in this order, with one reason (P-14). */
function checkLives(run: RunHistory, entity: EntityHistory, say: Say): void {
  if (entity.strays.length > 0) say(`out of any connection: ${entity.strays.join(', ')}`);
  for (const [index, life] of entity.lives.entries()) {
    const events = life.events.join(' ');
    if (events !== 'established beforeClosed closed') say(`connection ${index} had the events: ${events}`);
    const [first, second] = life.reasons;
    if (life.reasons.length !== 2 || first !== second) {
      say(`connection ${index} had the close reasons: ${life.reasons.map(({ kind }) => kind).join(', ')}`);
    }
    const proxyLife = run.lives.find((candidate) => portOf(entity, life) === portIn(candidate, entity));
    const corrupted =
      proxyLife !== undefined && (proxyLife.toActive.corrupted || proxyLife.toPassive.corrupted);
    if (first !== undefined && !corrupted)
      checkReason(first, run, (text) => say(`connection ${index} ${text}`));
  }
  if (entity.selectedCount !== entity.endedCount) {
    say(`selected ${entity.selectedCount} times and ended ${entity.endedCount} times`);
  }
}

/** Reasons that nothing but changed bytes could give. */
function checkReason(reason: CloseReason, run: RunHistory, say: Say): void {
  if (reason.kind === 'frameTooLong' || reason.kind === 'frameTooShort') {
    say(`ended by ${reason.kind} though no byte was changed`);
  }
  if (
    reason.kind === 'selectRefused' &&
    (reason.status !== 3 || run.plan.connection.secondConnection !== 'answerSelect')
  ) {
    say(`had its Select refused with ${String(reason.status ?? reason.rejectReason)}`);
  }
}

function checkRequests(run: RunHistory, entity: EntityHistory, say: Say): void {
  const odd = run.plan.kind === 'corrupted' || run.plan.operator.some(({ act }) => act === 'deselect');
  for (const { name, outcome, settledAt, startedAt, boundMs } of entity.requests) {
    if (outcome === undefined || settledAt === undefined) say(`${name} was never settled`);
    else if (!ENDS.has(outcome) && !(odd && ODD_ENDS.has(outcome))) say(`${name} ended with ${outcome}`);
    else if (settledAt - startedAt > boundMs) {
      say(
        `${name} took ${Math.round(settledAt - startedAt)} ms to end with ${outcome}, above ${Math.round(boundMs)} ms`,
      );
    }
  }
  for (const name of entity.outliving) say(`${name} outlived its connection`);
  for (const life of entity.lives) {
    for (const { key, outcome } of life.sent)
      if (outcome === undefined) say(`the send of ${key} was never settled`);
  }
  for (const outcome of entity.controls) {
    if (!CONTROL_ENDS.has(outcome)) say(`a control command ended with ${outcome ?? 'nothing'}`);
  }
}

function checkLeftovers(entity: EntityHistory, say: Say): void {
  if (entity.reported.length > 0) say(`errors were reported: ${entity.reported.join('; ')}`);
  if (entity.timersLeft.length > 0) say(`timers left after disposal: ${entity.timersLeft.join(', ')}`);
  if (entity.listenersLeft !== 0) say(`${entity.listenersLeft} listeners left after disposal`);
  if (entity.incomplete !== 0) say(`${entity.incomplete} Observables were not completed once by disposal`);
  if (entity.signalListenersLeft !== 0) say(`${entity.signalListenersLeft} listeners left on abort signals`);
}

const portOf = ({ side }: EntityHistory, life: EntityLife): number =>
  side === 'active' ? life.local.port : life.remote.port;
const portIn = (life: ProxyLifeHistory, { side }: EntityHistory): number =>
  side === 'active' ? life.activePort : life.passivePort;

/** The two ends of one connection through the proxy. */
export function endsOf(
  run: RunHistory,
  life: ProxyLifeHistory,
): Record<'active' | 'passive', EntityLife | undefined> {
  const find = (entity: EntityHistory): EntityLife | undefined =>
    entity.lives.find((candidate) => portOf(entity, candidate) === portIn(life, entity));
  return { active: find(run.entities.active), passive: find(run.entities.passive) };
}

function checkPair(run: RunHistory, life: ProxyLifeHistory, found: string[]): void {
  const { active, passive } = endsOf(run, life);
  const index = run.lives.indexOf(life);
  const faults = life.faults.length === 0 ? 'no faults' : life.faults.join(', ');
  const probed = run.plan.connection.secondConnection === 'takeOver';
  const direction = (
    from: EntityLife | undefined,
    to: EntityLife | undefined,
    lane: LaneHistory,
    name: string,
  ): void => {
    const say = (text: string): void =>
      void found.push(`link ${index} (${faults}) to the ${name} side: ${text}`);
    if (from !== undefined) checkWritten(from.sentPackets, lane.received, say);
    if (to !== undefined) checkRead(lane.forwarded, to.packets, probed && name === 'passive', say);
    if (from !== undefined && to !== undefined && !lane.corrupted) {
      const deselected = from.deselected || to.deselected;
      checkMessages(from.sent, to.received, deselected, say);
    }
  };
  direction(active, passive, life.toPassive, 'passive');
  direction(passive, active, life.toActive, 'active');
}

const keys = (frames: readonly WireFrame[]): string[] => frames.map(({ key }) => key);

/** The frames on the wire are the packets that were said to be sent: one list begins with the other. */
function checkWritten(sent: readonly string[], wire: readonly WireFrame[], say: Say): void {
  const different = firstDifference(sent, keys(wire));
  if (different !== undefined) say(`packet ${different} on the wire is not the one that was sent`);
}

/** The packets that were published are the first frames that were passed on, whatever was done to the bytes before. */
function checkRead(
  wire: readonly WireFrame[],
  published: readonly string[],
  probed: boolean,
  say: Say,
): void {
  // The answer to the probe of `takeOver` is not published.
  const expected = probed ? keys(wire.filter(({ sType }) => sType !== LINKTEST_RSP)) : keys(wire);
  const actual = probed ? published.filter((key) => key.slice(10, 12) !== '06') : published;
  const different = firstDifference(actual, expected);
  if (different !== undefined) say(`packet ${different} that was published is not the one on the wire`);
  else if (actual.length > expected.length) {
    say(`${actual.length} packets were published, ${expected.length} were on the wire`);
  }
}

function firstDifference(a: readonly string[], b: readonly string[]): number | undefined {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return undefined;
}

/**
 * What arrived is what was sent, in the order in which it was sent, up to some point: nothing lost in between, nothing
 * twice. What was refused is not there.
 */
function checkMessages(
  sent: readonly SentRecord[],
  received: readonly string[],
  gaps: boolean,
  say: Say,
): void {
  let at = 0;
  for (const key of received) {
    const found = sent.findIndex((record, index) => index >= at && record.key === key);
    if (found < 0) {
      const before = sent.findIndex((record) => record.key === key);
      say(before < 0 ? `${key} arrived and was never sent on it` : `${key} arrived twice or late`);
      return;
    }
    const { outcome } = sent[found] as SentRecord;
    if (outcome !== undefined && REFUSED.has(outcome))
      say(`${key} arrived though it was refused with ${outcome}`);
    for (const { key: lost, outcome: told } of sent.slice(at, found)) {
      if (!gaps && !isOptional(told)) say(`${lost} (${told ?? ''}) was lost, ${key} behind it arrived`);
    }
    at = found + 1;
  }
}

const isOptional = (outcome: string | undefined): boolean =>
  UNKNOWN.has(outcome) || (outcome !== undefined && REFUSED.has(outcome));

/** How many messages must have arrived for none to be under way. */
export function definitelySent(sent: readonly SentRecord[]): string[] {
  return sent.filter(({ outcome }) => !isOptional(outcome)).map(({ key }) => key);
}

/** A link to which nothing worse happens than delay: it is the only one, every request ends as it should. */
function checkSteady(run: RunHistory, found: string[]): void {
  for (const entity of Object.values(run.entities)) {
    const say = (text: string): void => void found.push(`${entity.side}, steady: ${text}`);
    if (entity.lives.length !== 1) say(`${entity.lives.length} connections instead of 1`);
    for (const { reasons } of entity.lives) {
      const kind = reasons[0]?.kind ?? 'none';
      if (!['local', 'separate', 'remoteClosed'].includes(kind)) say(`closed by ${kind}`);
    }
    for (const { name, expected, outcome } of entity.requests) {
      if (expected === 'TEST_GIVEN_UP' || outcome === 'HSMS_QUEUE_FULL') continue;
      if (outcome !== expected) say(`${name} ended with ${outcome ?? 'nothing'} instead of ${expected}`);
    }
  }
}
