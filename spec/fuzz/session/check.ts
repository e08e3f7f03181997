import {
  encodeFrame,
  FrameDecoder,
  HsmsActiveConnection,
  HsmsHeader,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnection,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import type { Random } from '../secs2/random.js';
import { MemoryNetwork } from './memory-socket.js';

const REJECT = 7;
const ENTITY_NOT_SELECTED = 4;
const DESELECT_RSP = 4;
/** T7, T8, linktest, T3, close, send … and T6 for each control transaction. */
const TIMERS = 12;

/** A real session on a real connection, and a peer that does anything at any time. */
class Stage {
  readonly clock = new FakeClock();
  readonly network = new MemoryNetwork();
  readonly connection: HsmsConnection;
  readonly session: HsmsSession;
  readonly errors: unknown[] = [];
  readonly told: string[] = [];
  readonly sent: HsmsPacket[] = [];
  open = 0;
  begun = 0;
  #decoder = new FrameDecoder((packet) => this.sent.push(packet));

  constructor(readonly random: Random) {
    const options = {
      clock: this.clock,
      network: this.network,
      onError: (error: unknown): void => void this.errors.push(error),
    };
    this.connection =
      random.below(2) === 0
        ? new HsmsActiveConnection('127.0.0.2', 5000, 0, undefined, options)
        : new HsmsPassiveConnection('', 5000, 0, undefined, options);
    this.session = new HsmsSession(this.connection, {
      linktestInterval: random.pick([0, 3]),
      entity: random.pick(['host', 'equipment']),
    });
    this.session.state.subscribe((state) => this.told.push(state));
    // Attempts that fail and replies that come too late belong to what happens here; unheard, they would be reported as errors.
    this.connection.notices.subscribe();
    this.session.warnings.subscribe();
    this.session.primaries.subscribe((primary) => {
      if (primary.wantsReply) void primary.reply();
    });
  }

  track(promise: Promise<unknown>): void {
    this.begun++;
    this.open++;
    const settled = (): void => void this.open--;
    promise.then(settled, settled);
  }

  /** Takes what was written since the last time. */
  drain(): void {
    for (const chunk of this.network.socket?.written.splice(0) ?? []) this.#decoder.push(chunk);
  }

  receive(packet: HsmsPacket, split: boolean): void {
    const { socket } = this.network;
    if (socket === undefined || socket.destroyed || socket.readableEnded) return;
    const frame = encodeFrame(packet);
    const at = split ? 1 + this.random.below(frame.length - 1) : frame.length;
    socket.push(frame.subarray(0, at));
    if (at < frame.length) socket.push(frame.subarray(at));
  }

  /** Any frame: a likely one, one that answers what was sent, or ten random bytes. */
  frame(): HsmsPacket {
    const { random } = this;
    const last = this.sent.at(-1)?.header;
    const systemBytes = last !== undefined && random.below(2) === 0 ? last.systemBytes : random.below(5);
    const sType = random.below(12);
    const fields = { sessionId: random.pick([0, 0xffff, 0xffff, 7]), systemBytes };
    if (random.below(12) === 0) {
      return HsmsPacket.parse(
        Buffer.from(Array.from({ length: 10 + random.below(6) }, () => random.below(256))),
      );
    }
    const header =
      sType === 0
        ? HsmsHeader.of({
            ...fields,
            stream: random.pick([1, 1, 9]),
            function: random.below(6),
            wBit: random.below(2) === 0,
          })
        : HsmsHeader.of({
            ...fields,
            sType,
            byte2: random.below(3),
            byte3: random.below(3),
            pType: random.below(20) === 0 ? 1 : 0,
          });
    return new HsmsPacket(header, Buffer.alloc(random.below(8) === 0 ? 3 : 0));
  }
}

function command(stage: Stage): void {
  const { session, random } = stage;
  switch (random.below(6)) {
    case 0:
      return stage.track(session.select());
    case 1:
      return stage.track(session.deselect());
    case 2:
      return stage.track(session.linktest());
    case 3:
      return session.separate();
    case 4:
      return stage.track(session.send(S(6, 11)));
    default:
      return stage.track(session.request(S(1, 1).w()));
  }
}

async function connect(stage: Stage): Promise<void> {
  if (stage.connection.currentState === 'listening') stage.network.arrive();
  if (stage.connection.currentState === 'waiting') stage.clock.advance(10);
  await turns(2);
}

async function step(stage: Stage): Promise<void> {
  const { random, network, clock } = stage;
  const kind = random.below(20);
  if (kind < 11) stage.receive(stage.frame(), random.below(4) === 0);
  else if (kind < 15) command(stage);
  else if (kind < 17) clock.advance(random.pick([0.5, 1, 3, 5, 10, 45]));
  else if (kind === 17 && random.below(4) === 0) network.socket?.push(null);
  else if (kind === 18 && random.below(4) === 0) network.socket?.destroy(new Error('cut'));
  else await connect(stage);
  if (random.below(3) === 0) await turns(2);
}

/** What the session says of itself, and how it acts on the wire, must be one opinion. */
async function checkOpinion(stage: Stage): Promise<void> {
  const { session, connection, told, sent } = stage;
  await turns();
  stage.drain();
  if (session.currentState !== told.at(-1))
    throw new Error(`is ${session.currentState}, told ${told.at(-1)}`);
  if (connection.currentState !== 'connected') {
    if (session.currentState === 'selected') throw new Error('selected without a connection');
    return;
  }
  if (stage.clock.timers.length > TIMERS + stage.open)
    throw new Error(`timers: ${stage.clock.timers.join()}`);
  sent.length = 0;
  // A whole frame first, in case one was cut short.
  stage.receive(HsmsPacket.data({ sessionId: 0, stream: 1, function: 2, systemBytes: 0xfffffff0 }), false);
  await turns();
  stage.drain();
  const refused = sent.some(
    ({ header }) =>
      header.sType === REJECT && header.byte3 === ENTITY_NOT_SELECTED && header.systemBytes === 0xfffffff0,
  );
  if (connection.currentState === 'connected' && refused === (session.currentState === 'selected')) {
    throw new Error(`is ${session.currentState}, and ${refused ? 'rejects' : 'takes'} data`);
  }
  if (stage.random.below(3) === 0) await checkDeselect(stage);
}

/** A Deselect is answered by what the session was, and ends it. */
async function checkDeselect(stage: Stage): Promise<void> {
  const { session, connection, sent } = stage;
  const was = session.currentState;
  stage.receive(HsmsPacket.deselectReq(0xfffffff1), false);
  await turns();
  stage.drain();
  if (connection.currentState !== 'connected') return;
  const answer = sent.filter(({ header }) => header.sType === DESELECT_RSP).at(-1)?.header;
  const right = answer?.systemBytes === 0xfffffff1 && answer.byte3 === (was === 'selected' ? 0 : 1);
  if (!right || session.currentState === 'selected') {
    throw new Error(`was ${was}, answered Deselect with ${answer?.byte3}, and is ${session.currentState}`);
  }
}

/**
 * One life of a session under random frames at random times: nothing is thrown, every command is settled, no timer is left,
 * and what the session says agrees with what it does.
 * @returns how many steps it had
 */
export async function fuzzSession(random: Random): Promise<number> {
  const stage = new Stage(random);
  const { connection, clock } = stage;
  await connection.enable();
  await connect(stage);
  const steps = 10 + random.below(60);
  for (let i = 0; i < steps; i++) {
    await step(stage);
    if (i % 16 === 15) await checkOpinion(stage);
  }
  await checkOpinion(stage);
  const disposed = connection.dispose();
  for (let i = 0; i < 4; i++) await clock.pass(3);
  await disposed;
  await turns();
  if (stage.open > 0) throw new Error(`${stage.open} of ${stage.begun} commands were never settled`);
  if (clock.timers.length > 0) throw new Error(`timers are left: ${clock.timers.join()}`);
  if (stage.errors.length > 0) throw new Error('an error was reported', { cause: stage.errors[0] });
  return steps;
}
