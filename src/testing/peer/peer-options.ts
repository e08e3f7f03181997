import { check, type KnownNames } from '../../check.js';
import type { Clock } from '../../clock.js';
import type { Network } from '../../network/network.js';
import { VirtualClock } from '../virtual-clock.js';
import { checkControl, CONTROL, type ControlOptions } from './control-answers.js';

/** Seconds that an expectation waits, where not told: in virtual time none passes. */
const REAL_WITHIN = 5;

/** What {@link ScriptedPeer} takes. Everything is optional. */
export interface ScriptedPeerOptions extends ControlOptions {
  /** Where it lives: a `TestNetwork`, one of its machines, or node:net. Default: node:net. */
  readonly network?: Network;
  /** Its time; that of the connections under test. Default: the system's. */
  readonly clock?: Clock;
  /** Session ID of the data it sends. Default 0. */
  readonly sessionId?: number;
  /** Seconds that `expect` and its like wait. Default: 5 in real time; in virtual time 0, only what is under way arrives. */
  readonly within?: number;
  /** Address it listens at or connects from. */
  readonly bindAddress?: string;
}

const PEER: KnownNames<ScriptedPeerOptions> = {
  owner: 'a scripted peer',
  names: {
    ...CONTROL.names,
    network: true,
    clock: true,
    sessionId: true,
    within: true,
    bindAddress: true,
  },
};

const WITHIN: KnownNames<WithinOptions> = { owner: 'waiting', names: { within: true } };

/** How long one expectation waits. */
export interface WithinOptions {
  /** Seconds, of virtual time where the clock is virtual. */
  readonly within?: number;
}

/**
 * Checks the options of a peer.
 * @throws HsmsArgumentError
 */
export function checkPeerOptions(options: ScriptedPeerOptions | null | undefined): ScriptedPeerOptions {
  const read = checkControl(check.options('options', options, PEER));
  const { network, clock, sessionId, within, bindAddress } = read;
  if (network !== undefined)
    check.methods('network', network, ['connect', 'createServer', 'lookup'], 'a Network');
  if (clock !== undefined) check.clock(clock);
  if (sessionId !== undefined) check.integer('sessionId', sessionId, 0, 0xffff);
  if (within !== undefined) check.seconds('within', within, 'zeroToo');
  if (bindAddress !== undefined) check.text('bindAddress', bindAddress);
  return read;
}

/** The seconds that an expectation waits: those it is given, those of its peer, or the default of its clock. */
export function secondsToWait(
  options: WithinOptions | null | undefined,
  ofPeer: number | undefined,
  clock: Clock,
): number {
  const { within = ofPeer } = check.options('options', options, WITHIN);
  if (within !== undefined) check.seconds('within', within, 'zeroToo');
  return within ?? (clock instanceof VirtualClock ? 0 : REAL_WITHIN);
}
