import {
  DeselectStatus,
  HsmsPacket,
  HsmsPassiveConnection,
  SelectStatus,
  type HsmsHeader,
} from '../../src/index.js';
import { freePort } from '../support/free-port.js';
import type { Part } from '../support/suite.js';
import { Tap } from '../support/tap.js';
import { binary, EMPTY_LIST, establishAck, MODEL } from './bodies.js';
import { Peer } from './peer.js';
import { DEVICE_ID, Talk } from './talk.js';

/** Our passive connection, as an equipment, against an active secsgem host. */
export async function againstHost({ checks, cleanUp }: Part): Promise<void> {
  const port = await freePort();
  const connection = new HsmsPassiveConnection('127.0.0.1', port, DEVICE_ID);
  cleanUp(() => connection.dispose());
  const tap = new Tap(connection);
  await connection.enable();
  checks.equal('state before the host comes', connection.currentState, 'listening');

  const start = (): Peer => {
    const peer = new Peer('host', port);
    cleanUp(() => peer.kill());
    return peer;
  };
  const talk = new Talk(checks, connection, tap, start());
  await talk.started();
  await firstLife(talk);
  await talk.close();

  // secsgem connects again by itself, its T5 after the close.
  await connection.enable();
  await talk.connected();
  await secondLife(talk);
  await talk.close();

  await connection.enable();
  await talk.connected();
  await refusedSelect(talk);
  await restartOfHost(talk, start);
  await talk.close();
  checks.equal('notices of the passive connection', tap.notices.left, []);
}

async function firstLife(talk: Talk): Promise<void> {
  await selected(talk);
  await talk.gemEnters('WAIT_CRA');
  await establishedByHost(talk);
  await establishedByUs(talk);
  await talk.linktests();
  await loopbackOfHost(talk);
  await severalFramesAtOnce(talk);

  await talk.answer('deselect', 'Deselect.req', deselectReq, ({ header }) =>
    HsmsPacket.deselectRsp(header, DeselectStatus.ended),
  );
  await talk.peerEnters('CONNECTED_NOT_SELECTED');
  // Linktest is answered in every state.
  await talk.linktests();
  talk.peer.do('select');
  await selected(talk);
  // Select.rsp is taken and acted upon, as the state shows. But secsgem's GEM layer, which is still COMMUNICATING,
  // then raises inside the handler, so the method that sent Select.req never gets the answer and gives up after T6.
  const result = await talk.peer.results.next('the end of select');
  talk.checks.equal('what select returned', result, { name: 'select', reply: null });

  await separate(talk);
}

/** Strictly one message at a time, for the reason given for the equipment. */
async function secondLife(talk: Talk): Promise<void> {
  await selected(talk);
  // As with the equipment, COMMUNICATING outlives the TCP connection: no S1F13 of the host follows the Select.
  await establishedByUs(talk);
  await talk.linktests();
  // Our side closes on it, as E37 wants.
  talk.peer.do('separate');
  await talk.hear('Separate.req', ({ systemBytes }) => HsmsPacket.separateReq(systemBytes));
}

/** A Select.rsp that refuses. E37 wants the connection closed; secsgem does not look at the status. */
async function refusedSelect(talk: Talk): Promise<void> {
  const request = await talk.hear('Select.req', selectReq);
  await talk.tell(HsmsPacket.selectRsp(request.header, SelectStatus.notReady));
  await talk.peerEnters('CONNECTED_SELECTED');
  await talk.linktests();
}

/** The process dies and another comes: the port has stayed open, the connection serves the next host. */
async function restartOfHost(talk: Talk, start: () => Peer): Promise<void> {
  talk.nothingLeft();
  await talk.peer.kill();
  await talk.lifeEnded({ kind: 'remoteClosed', partialBytes: 0 }, 'listening');
  await talk.started(start());
  await selected(talk);
  await talk.gemEnters('WAIT_CRA');
  await establishedByHost(talk);
  await talk.linktests();
  await separate(talk);
}

/** The host selects, as the active side does once it is connected. */
async function selected(talk: Talk): Promise<void> {
  const request = await talk.hear('Select.req', selectReq);
  await talk.tell(HsmsPacket.selectRsp(request.header, SelectStatus.established));
  await talk.peerEnters('CONNECTED_SELECTED');
}

async function establishedByHost(talk: Talk): Promise<void> {
  const s1f13 = primary(1, 13, EMPTY_LIST);
  const request = await talk.hear('S1F13 W', s1f13);
  await talk.tell(talk.secondary(request, establishAck(0, MODEL)));
  await talk.gemEnters('COMMUNICATING');
  // Once more, as a transaction that secsgem waits for: the first S1F13 is sent without looking at the answer.
  await talk.answer('s1f13', 'S1F13 W', s1f13, (again) => talk.secondary(again, establishAck(0, MODEL)));
}

async function establishedByUs(talk: Talk): Promise<void> {
  const request = talk.primary(1, 13, MODEL);
  await talk.ask(request, talk.secondary(request, establishAck(0, EMPTY_LIST)));
}

async function loopbackOfHost(talk: Talk): Promise<void> {
  // 5,000 bytes only: secsgem does not look at how much of a message a non-blocking send() took, so a message that
  // the kernel takes in parts leaves it truncated.
  const body = binary(5000);
  await talk.answer('s2f25', 'S2F25 W', primary(2, 25, body), (request) =>
    talk.secondary(request, request.body),
  );
}

/** A large frame and small ones in one go: secsgem reads them in order and answers the primaries in order. */
async function severalFramesAtOnce(talk: Talk): Promise<void> {
  const unasked = talk.secondary(talk.primary(2, 25), binary(70_000));
  const first = talk.primary(1, 1);
  const second = talk.primary(1, 1);
  await talk.tell(first, unasked, second);
  for (const request of [first, second]) await talk.hear('S1F2', () => talk.secondary(request, EMPTY_LIST));
}

async function separate(talk: Talk): Promise<void> {
  await talk.tell(HsmsPacket.separateReq(talk.next()));
  // secsgem ignores Separate.req and goes on answering.
  const request = HsmsPacket.linktestReq(talk.next());
  await talk.ask(request, HsmsPacket.linktestRsp(request.header));
}

/** A primary that secsgem sends, with the system bytes that it chose. */
function primary(stream: number, fn: number, body: Buffer): (arrived: HsmsHeader) => HsmsPacket {
  return ({ systemBytes }) =>
    HsmsPacket.data({ sessionId: DEVICE_ID, stream, function: fn, wBit: true, systemBytes }, body);
}

function selectReq({ systemBytes }: HsmsHeader): HsmsPacket {
  return HsmsPacket.selectReq(systemBytes);
}

function deselectReq({ systemBytes }: HsmsHeader): HsmsPacket {
  return HsmsPacket.deselectReq(systemBytes);
}
