import { HsmsPassiveConnection, HsmsSession } from '../../src/index.js';
import { freePort } from '../support/free-port.js';
import type { Part } from '../support/suite.js';
import { DEVICE_ID, type PeerKind } from './kinds.js';
import { closed, firstLife, killed, separatedByPeer, separatedByUs } from './lives.js';
import { selectedFor } from './steps.js';
import { Talk } from './talk.js';

/** Our session as a passive equipment against an active host. */
export async function againstHost(part: Part, kind: PeerKind): Promise<void> {
  const port = await freePort();
  const connection = new HsmsPassiveConnection('127.0.0.1', port, DEVICE_ID);
  const session = new HsmsSession(connection, { entity: 'equipment', t3: 10 });
  part.cleanUp(() => connection.dispose());
  await connection.enable();
  part.checks.equal('state without a host', session.currentState, 'notConnected');
  const talk = new Talk(part, kind, 'host', connection, session, port);

  await firstLife(talk, () => selectedAgain(talk));
  if (kind.selectsAgain) await talk.tally();
  await separatedByPeer(talk);
  await separatedByUs(talk);
  await killed(talk);
  await closed(talk);
}

/** A passive entity never starts a Select: after a Deselect the host has to. */
async function selectedAgain(talk: Talk): Promise<void> {
  if (talk.kind.selectsAgain) {
    const selecting = talk.command('select');
    await talk.weReach('selected');
    await talk.peerReaches('selected');
    // For secsgem this takes T6: its GEM layer, which is still COMMUNICATING, raises inside the handler of Select.rsp,
    // so the method that sent Select.req never gets the answer.
    await selecting;
    selectedFor(talk, 'peer', false);
    return;
  }
  // go-secs selects once per TCP connection: after its T7 it closes, connects and selects.
  await talk.closes('remoteClosed', 'reset');
  await talk.weReach('notConnected');
  await talk.weReach('selected', 'notSelected', 'notConnected');
  await talk.peerReaches('notConnected');
  await talk.peerReaches('selected');
  talk.forget();
}
