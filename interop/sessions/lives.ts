import { nameOfControl, nameOfMessage } from './ledger.js';
import { NEVER_ANSWERED } from './messages.js';
import {
  deselected,
  deselectedByPeer,
  establish,
  linktests,
  roundTrips,
  selectedFor,
  unanswered,
} from './steps.js';
import type { Talk } from './talk.js';

/** The first TCP connection: everything that leaves it open. */
export async function firstLife(talk: Talk, selectAgain: () => Promise<void>): Promise<void> {
  await talk.selected();
  for (const state of ['notConnected', 'notSelected', 'selected']) await talk.weReach(state);
  selectedFor(talk, talk.peerRole === 'host' ? 'peer' : 'us', true);
  await establishedByPeer(talk);
  await establish(talk);
  await roundTrips(talk);
  await linktests(talk);
  await talk.tally();
  await unanswered(talk);

  await deselected(talk);
  await selectAgain();
  await talk.ask(talk.ours.s1f1, talk.theirs.s1f2);
  if (talk.kind.deselects) {
    await deselectedByPeer(talk);
    await selectAgain();
    await talk.ask(talk.ours.s1f1, talk.theirs.s1f2);
  }
}

/** A later TCP connection of the same process. */
async function furtherLife(talk: Talk): Promise<void> {
  await reconnected(talk);
  await proofOfLife(talk);
}

/** The peer ends its session; our side closes, and both come back by themselves. */
export async function separatedByPeer(talk: Talk): Promise<void> {
  // go-secs probes by itself from its next Select on.
  if (!talk.kind.linktestsWhenTold) await talk.command('linktest');
  const open = talk.session.request(NEVER_ANSWERED);
  await reaches(talk, open);
  talk.peer.do('separate');
  await talk.closes('separate');
  await talk.ends('separate');
  await talk.fails('a request open at Separate', open, 'HSMS_SESSION_ENDED');
  await furtherLife(talk);
  if (talk.kind.linktestsWhenTold) return;
  const answered = nameOfControl('Linktest.rsp');
  await talk.peer.ledger.settle(() => talk.peer.ledger.count('received', answered) >= 2);
  const count = talk.peer.ledger.count('received', answered);
  talk.checks.ok('answers to the linktests of an idle peer', count >= 2, count);
}

/** Our side ends the session, and with it the TCP connection; both come back by themselves. */
export async function separatedByUs(talk: Talk): Promise<void> {
  const open = talk.session.request(NEVER_ANSWERED);
  await reaches(talk, open);
  const separated = nameOfControl('Separate.req');
  const { ledger } = talk.peer;
  talk.session.separate();
  await talk.closes('local');
  await talk.ends('separate');
  await talk.fails('a request open at our Separate', open, 'HSMS_SESSION_ENDED');
  await ledger.settle(() => ledger.count('received', separated) === 1);
  talk.checks.equal('Separate.req that the peer received', ledger.count('received', separated), 1);
  await furtherLife(talk);
}

/** The peer's process dies and comes back: our session notices, and is selected again by itself. */
export async function killed(talk: Talk): Promise<void> {
  const open = talk.session.request(NEVER_ANSWERED);
  await reaches(talk, open);
  await talk.peer.kill();
  await talk.closes('remoteClosed', 'reset');
  await talk.ends('closed');
  await talk.fails('a request open when the peer dies', open, 'HSMS_CONNECTION_CLOSED');
  await talk.weReach('notConnected');
  await talk.fails('a request without a peer', talk.session.request(talk.ours.s1f1), 'HSMS_NOT_SELECTED');
  talk.restart();
  talk.forget();
  await talk.selected();
  await talk.weReach('selected', 'notSelected', 'notConnected');
  selectedFor(talk, talk.peerRole === 'host' ? 'peer' : 'us', true);
  await establishedByPeer(talk);
  await proofOfLife(talk);
}

/** Linktests that our side makes by itself, on an idle link, and the end of it all. */
export async function closed(talk: Talk): Promise<void> {
  const { checks, peer, session } = talk;
  const { ledger } = peer;
  ledger.clear();
  session.configure({ linktestInterval: 0.2 });
  const answer = nameOfControl('Linktest.rsp');
  await ledger.settle(() => ledger.count('sent', answer) >= 3);
  const count = ledger.count('sent', answer);
  checks.ok('answers to the linktests of our idle session', count >= 3, count);
  checks.equal('state of our session', session.currentState, 'selected');

  await session.close();
  const separated = nameOfControl('Separate.req');
  await ledger.settle(() => ledger.count('received', separated) === 1);
  checks.equal('Separate.req that the peer received', ledger.count('received', separated), 1);
  await talk.closes('local');
  await talk.ends('closed');
  await talk.weReach('notConnected');
  await talk.peerReaches('notConnected');
  checks.equal('warnings of our session', talk.warnings, []);
  checks.equal(
    'what our session published and nobody asked for',
    [talk.states.left, talk.ended.left, talk.closed.left].flat(),
    [],
  );
}

/** secsgem sends S1F13 once selected, and answers in full once that has been answered. */
async function establishedByPeer({ kind, peer, ours, checks }: Talk): Promise<void> {
  if (!kind.establishes) return;
  const answer = nameOfMessage(ours.s1f14);
  await peer.ledger.settle(() => peer.ledger.count('received', answer) > 0);
  checks.equal('our answer to the S1F13 that follows Select', peer.ledger.count('received', answer), 1);
}

async function reconnected(talk: Talk): Promise<void> {
  // After a Separate the session is over before the TCP connection is.
  await talk.weReach('notConnected', 'notSelected');
  await talk.weReach('selected', 'notSelected', 'notConnected');
  talk.checks.equal('state of our session', talk.session.currentState, 'selected');
  await talk.peerReaches('notConnected');
  await talk.peerReaches('selected');
}

async function proofOfLife(talk: Talk): Promise<void> {
  // Attempts that the peer missed, and Select itself, are not part of the tally.
  await talk.ask(talk.ours.s1f1, talk.theirs.s1f2);
  const last = nameOfMessage(talk.theirs.s1f2);
  await talk.peer.ledger.settle(() => talk.peer.ledger.count('sent', last) > 0);
  talk.forget();
  await establish(talk);
  await linktests(talk);
  if (talk.kind.linktestsWhenTold) await talk.tally();
}

/** Waits until the peer has the request that it will not answer. */
async function reaches(talk: Talk, open: Promise<unknown>): Promise<void> {
  open.catch(() => {});
  const { ledger } = talk.peer;
  const name = nameOfMessage(NEVER_ANSWERED);
  await ledger.settle(() => ledger.count('received', name) > 0);
  talk.checks.ok('the peer has our request', ledger.count('received', name) > 0, ledger.counts());
}
