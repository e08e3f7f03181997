import { setTimeout as pause } from 'node:timers/promises';
import {
  CONTROL_SESSION_ID,
  DeselectStatus,
  HsmsActiveConnection,
  HsmsHeader,
  HsmsPacket,
  RejectReason,
  SelectStatus,
} from '../../src/index.js';
import { freePort } from '../support/free-port.js';
import type { Part } from '../support/suite.js';
import { Tap } from '../support/tap.js';
import { binary, EMPTY_LIST, establishAck, MODEL } from './bodies.js';
import { Peer } from './peer.js';
import { DEVICE_ID, Talk } from './talk.js';

const T5_SECONDS = 1;

/** Our active connection, as a host, against a passive secsgem equipment. */
export async function againstEquipment({ checks, cleanUp }: Part): Promise<void> {
  const port = await freePort();
  const connection = new HsmsActiveConnection('127.0.0.1', port, DEVICE_ID, undefined, { t5: T5_SECONDS });
  cleanUp(() => connection.dispose());
  const tap = new Tap(connection);

  // The host is up before the equipment: attempts fail until it listens.
  await connection.enable();
  const notice = await tap.notices.next('the first attempt to fail');
  checks.equal('an attempt without a listener', notice.kind, 'connectFailed');
  if (notice.kind === 'connectFailed') {
    checks.equal('number and pause of the attempt', [notice.attempt, notice.retrySeconds], [1, T5_SECONDS]);
  }

  const talk = new Talk(checks, connection, tap, startEquipment(port, cleanUp));
  await talk.started();
  await firstLife(talk);
  await talk.close();

  await reconnect(talk);
  await secondLife(talk);
  await talk.close();

  await reconnect(talk);
  await select(talk);
  await talk.linktests();
  await restartOfEquipment(talk, () => startEquipment(port, cleanUp));
  await talk.close();
}

function startEquipment(port: number, cleanUp: Part['cleanUp']): Peer {
  const peer = new Peer('equipment', port);
  cleanUp(() => peer.kill());
  return peer;
}

async function firstLife(talk: Talk): Promise<void> {
  await talk.linktests();
  await rejectedUntilSelected(talk);
  await select(talk);
  await talk.gemEnters('WAIT_CRA');
  await establishedByEquipment(talk);
  await establishedByUs(talk);
  await talk.linktests();

  const loopback = talk.primary(2, 25, binary(5000));
  await talk.ask(loopback, talk.secondary(loopback, loopback.body));
  // An S2F26 that nobody asked for and that is not answered: what counts is that 70 KB arrive whole.
  await talk.tell(talk.secondary(talk.primary(2, 25), binary(70_000)));

  // One segment with several frames: answered one by one, in order.
  const requests = [talk.primary(1, 1), talk.primary(1, 1), talk.primary(1, 1)];
  await talk.tell(...requests);
  for (const request of requests) await talk.hear('S1F2', () => talk.secondary(request, MODEL));

  await deselectAndSelect(talk);
  await separate(talk);
}

/**
 * Strictly one message at a time: secsgem never ends the thread that handled the messages of the connection before, so
 * from the second TCP connection on two threads take them from one queue and may act on them out of order.
 */
async function secondLife(talk: Talk): Promise<void> {
  await select(talk);
  // secsgem's GEM state outlives the TCP connection: still COMMUNICATING, it sends no S1F13 of its own after this
  // Select, where E30 wants communications to be established anew.
  await establishedByUs(talk);
  await talk.linktests();
  // Our side closes on it, as E37 wants.
  talk.peer.do('separate');
  await talk.hear('Separate.req', ({ systemBytes }) => HsmsPacket.separateReq(systemBytes));
}

/** The process dies and comes back: our connection notices, waits T5 and connects again by itself. */
async function restartOfEquipment(talk: Talk, start: () => Peer): Promise<void> {
  talk.nothingLeft();
  await talk.peer.kill();
  await talk.lifeEnded({ kind: 'remoteClosed', partialBytes: 0 }, 'waiting');
  await talk.started(start());
  await select(talk);
  await talk.gemEnters('WAIT_CRA');
  await establishedByEquipment(talk);
  await talk.linktests();
  await separate(talk);
}

async function reconnect(talk: Talk): Promise<void> {
  // secsgem listens again before it has done with the old connection, and resets flags that the new one shares even
  // after the last event it fires: a peer that comes back at once is dropped or never read.
  await pause(200);
  await talk.connection.enable();
  await talk.connected();
}

async function select(talk: Talk): Promise<void> {
  const request = HsmsPacket.selectReq(talk.next());
  await talk.ask(request, HsmsPacket.selectRsp(request.header, SelectStatus.established));
  await talk.peerEnters('CONNECTED_SELECTED');
}

async function rejectedUntilSelected(talk: Talk): Promise<void> {
  const early = talk.primary(1, 1);
  await talk.tell(early);
  // E37 wants the session ID of the rejected message echoed; secsgem writes 0xFFFF into every Reject.req.
  const { systemBytes } = early.header;
  const asRejected = HsmsHeader.of({ sessionId: CONTROL_SESSION_ID, systemBytes });
  await talk.hear('Reject.req', () => HsmsPacket.rejectReq(asRejected, RejectReason.entityNotSelected));
}

async function establishedByEquipment(talk: Talk): Promise<void> {
  const request = await talk.hear('S1F13 W', ({ systemBytes }) =>
    HsmsPacket.data({ sessionId: DEVICE_ID, stream: 1, function: 13, wBit: true, systemBytes }, MODEL),
  );
  await talk.tell(talk.secondary(request, establishAck(0, EMPTY_LIST)));
  await talk.gemEnters('COMMUNICATING');
}

async function establishedByUs(talk: Talk): Promise<void> {
  const request = talk.primary(1, 13, EMPTY_LIST);
  await talk.ask(request, talk.secondary(request, establishAck(0, MODEL)));
}

async function deselectAndSelect(talk: Talk): Promise<void> {
  const request = HsmsPacket.deselectReq(talk.next());
  await talk.ask(request, HsmsPacket.deselectRsp(request.header, DeselectStatus.ended));
  await talk.peerEnters('CONNECTED_NOT_SELECTED');
  await select(talk);
  // While selected, E37 wants status 1 (already active); secsgem answers 0 to every Select.req.
  const again = HsmsPacket.selectReq(talk.next());
  await talk.ask(again, HsmsPacket.selectRsp(again.header, SelectStatus.established));
}

async function separate(talk: Talk): Promise<void> {
  await talk.tell(HsmsPacket.separateReq(talk.next()));
  // E37 wants the connection closed on Separate.req. secsgem ignores it and goes on answering, so our side has to
  // close the TCP connection.
  const request = HsmsPacket.linktestReq(talk.next());
  await talk.ask(request, HsmsPacket.linktestRsp(request.header));
}
