import { HsmsActiveConnection, HsmsSession } from '../../src/index.js';
import { freePort } from '../support/free-port.js';
import type { Part } from '../support/suite.js';
import { DEVICE_ID, type PeerKind } from './kinds.js';
import { closed, firstLife, killed, separatedByPeer, separatedByUs } from './lives.js';
import { selectedFor } from './steps.js';
import { Talk } from './talk.js';

/** Our session as an active host against a passive equipment. */
export async function againstEquipment(part: Part, kind: PeerKind): Promise<void> {
  const port = await freePort();
  const connection = new HsmsActiveConnection('127.0.0.1', port, DEVICE_ID, undefined, { t5: 1 });
  const session = new HsmsSession(connection, { entity: 'host', t3: 10 });
  part.cleanUp(() => connection.dispose());
  // The host is up before the equipment: attempts fail until it listens.
  await connection.enable();
  part.checks.equal('state without an equipment', session.currentState, 'notConnected');
  const talk = new Talk(part, kind, 'equipment', connection, session, port);

  await firstLife(talk, async () => {
    await session.select();
    await talk.weReach('selected');
    await talk.peerReaches('selected');
    selectedFor(talk, 'us', false);
  });
  await talk.tally();
  await separatedByPeer(talk);
  await separatedByUs(talk);
  await killed(talk);
  await closed(talk);
}
