import { SecsStream9Error } from '../../src/index.js';
import { within } from '../support/inbox.js';
import { ROUND_TRIPS } from './kinds.js';
import { nameOfMessage } from './ledger.js';
import { NEVER_ANSWERED, UNKNOWN } from './messages.js';
import type { Talk } from './talk.js';

/** How long 1,000 round trips may take on a busy machine. */
const MANY_SECONDS = 40;

/** How many of our requests are open at once while the peer makes its own. */
const AT_ONCE = 100;

/** The session is selected; a peer with a GEM layer sends S1F13 then. */
export function selectedFor(talk: Talk, by: 'us' | 'peer', firstOfProcess: boolean): void {
  talk.crosses(by === 'us' ? 'received' : 'sent', 'Select.req');
  talk.crosses(by === 'us' ? 'sent' : 'received', 'Select.rsp');
  if (!talk.kind.establishes || !firstOfProcess) return;
  talk.crosses('sent', talk.theirs.s1f13);
  talk.crosses('received', talk.ours.s1f14);
}

/** S1F13/S1F14 and S1F1/S1F2, from both sides. */
export async function establish(talk: Talk): Promise<void> {
  const { ours, theirs } = talk;
  await talk.ask(ours.s1f13, theirs.s1f14);
  await talk.answer('s1f13', theirs.s1f13, ours.s1f14);
  await talk.ask(ours.s1f1, theirs.s1f2);
  await talk.answer('s1f1', theirs.s1f1, ours.s1f2);
}

/** 1,000 round trips one by one from our side, then 1,000 from the peer's while many of ours are open at once. */
export async function roundTrips(talk: Talk): Promise<void> {
  const { checks, ours, theirs, session, peer } = talk;
  const name = nameOfMessage(ours.s1f1);
  // From here on the ledger holds only these, so that their system bytes can be counted.
  await talk.tally();
  const body = theirs.s1f2.body.toString('hex');
  let answered = 0;
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const reply = await session.request(ours.s1f1);
    if (reply.name === 'S1F2' && reply.body.toString('hex') === body) answered++;
  }
  checks.equal('our requests that were answered', answered, ROUND_TRIPS);
  talk.crosses('received', ours.s1f1, ROUND_TRIPS);
  talk.crosses('sent', theirs.s1f2, ROUND_TRIPS);
  const different = (): number => peer.ledger.differentSystemBytes('received', name);
  // The peer may tell of the last frame only after its answer has been read here.
  await peer.ledger.settle(() => different() >= ROUND_TRIPS);
  checks.equal('system bytes of our requests', different(), ROUND_TRIPS);
  await talk.tally();

  const many = talk.command('many', MANY_SECONDS);
  const atOnce = await within(
    Promise.all(Array.from({ length: AT_ONCE }, () => session.request(ours.s1f1))),
    'the replies to requests that are open at once',
    MANY_SECONDS,
  );
  const right = atOnce.filter((reply) => reply.body.toString('hex') === body);
  checks.equal('our requests at once that were answered', right.length, AT_ONCE);
  const { reply } = await many;
  checks.equal(`the last reply that ${talk.kind.name} took`, reply?.body, ours.s1f2.body.toString('hex'));
  talk.crosses('received', ours.s1f1, AT_ONCE);
  talk.crosses('sent', theirs.s1f2, AT_ONCE);
  talk.crosses('sent', theirs.s1f1, ROUND_TRIPS);
  talk.crosses('received', ours.s1f2, ROUND_TRIPS);
  await talk.tally();
}

export async function linktests(talk: Talk): Promise<void> {
  const seconds = await talk.session.linktest();
  talk.checks.ok('round-trip time of our linktest in seconds', seconds > 0 && seconds < 5, seconds);
  talk.crosses('received', 'Linktest.req');
  talk.crosses('sent', 'Linktest.rsp');
  if (!talk.kind.linktestsWhenTold) return;
  await talk.command('linktest');
  talk.crosses('sent', 'Linktest.req');
  talk.crosses('received', 'Linktest.rsp');
}

/** A reply that does not come: T3, which our equipment reports (E5), and after which the link is as it was. */
export async function unanswered(talk: Talk): Promise<void> {
  const { checks, kind, session, ours, theirs, peer } = talk;
  const waiting = session.request(NEVER_ANSWERED, { t3: 1 });
  await talk.fails('an unanswered request', waiting, 'HSMS_T3_TIMEOUT');
  if (kind.sendsS9F5) {
    const error = await talk.fails('an unknown request', session.request(UNKNOWN), 'HSMS_STREAM_9');
    checks.equal('function of stream 9', error instanceof SecsStream9Error && error.errorFunction, 5);
  }
  await talk.ask(ours.s1f1, theirs.s1f2);
  const last = nameOfMessage(theirs.s1f2);
  await peer.ledger.settle(() => peer.ledger.count('sent', last) > 0);
  const reported = peer.ledger.countOf('received', 'S9F9');
  checks.equal('S9F9 of our side', reported, talk.peerRole === 'host' ? 1 : 0);
  talk.forget();
}

/** Deselect on a connection that stays, from our side. */
export async function deselected(talk: Talk): Promise<void> {
  await talk.session.deselect();
  talk.crosses('received', 'Deselect.req');
  talk.crosses('sent', 'Deselect.rsp');
  talk.checks.equal('our state after Deselect', talk.session.currentState, 'notSelected');
  await talk.ends('deselect');
  await talk.weReach('notSelected');
  await talk.peerReaches('notSelected');
  await talk.fails('a request after Deselect', talk.session.request(talk.ours.s1f1), 'HSMS_NOT_SELECTED');
}

/** Deselect on a connection that stays, from the peer. */
export async function deselectedByPeer(talk: Talk): Promise<void> {
  await talk.command('deselect');
  talk.crosses('sent', 'Deselect.req');
  talk.crosses('received', 'Deselect.rsp');
  await talk.ends('deselect');
  await talk.weReach('notSelected');
  await talk.peerReaches('notSelected');
}
