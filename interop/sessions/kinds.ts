import { join } from 'node:path';
import { A, L, type ListItem } from '../../src/secs2/index.js';

/** Session ID of data; the peers' programs hold the same number. */
export const DEVICE_ID = 10;

/** How many round trips the peers make on the command `many`, and we with them. */
export const ROUND_TRIPS = 1000;

const INTEROP = join(__dirname, '..');
const PEERS = join(__dirname, 'peers');

export type PeerRole = 'host' | 'equipment';

/** One implementation, and what it does otherwise than E37 or E30 say. */
export interface PeerKind {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** MDLN and SOFTREV of its equipment. */
  readonly model: ListItem;
  /** Its names of the states of E37. */
  readonly states: Readonly<Record<string, string>>;
  /** Its GEM layer sends S1F13 once selected, as E30 wants. */
  readonly establishes: boolean;
  /** Initiates a Deselect. E37.1 leaves Deselect out of HSMS-SS; all three answer one. */
  readonly deselects: boolean;
  /** Can be told to send a Select.req on a connection that was deselected. */
  readonly selectsAgain: boolean;
  /** Sends a Linktest.req when told to, rather than by itself on an idle link from its next Select on. */
  readonly linktestsWhenTold: boolean;
  /** Closes the TCP connection on a Separate.req, as E37 wants. */
  readonly obeysSeparate: boolean;
  /** Answers a primary that it does not know with S9F5. */
  readonly sendsS9F5: boolean;
}

const ownNames = { notConnected: 'notConnected', notSelected: 'notSelected', selected: 'selected' };

const secsgem: PeerKind = {
  name: 'secsgem',
  command: join(INTEROP, '.venv', 'bin', 'python'),
  args: [join(PEERS, 'secsgem_peer.py')],
  model: L(A('secsgem'), A('0.3.0')),
  states: {
    NOT_CONNECTED: 'notConnected',
    CONNECTED_NOT_SELECTED: 'notSelected',
    CONNECTED_SELECTED: 'selected',
  },
  establishes: true,
  deselects: true,
  selectsAgain: true,
  linktestsWhenTold: true,
  obeysSeparate: false,
  sendsS9F5: true,
};

const goSecs: PeerKind = {
  name: 'go-secs',
  command: join(INTEROP, '.build', 'go-secs-peer'),
  args: [],
  model: L(A('go-secs'), A('2.8.0')),
  states: ownNames,
  establishes: false,
  deselects: false,
  selectsAgain: false,
  linktestsWhenTold: false,
  obeysSeparate: true,
  sendsS9F5: false,
};

const secs4js: PeerKind = {
  name: 'secs4js',
  command: process.execPath,
  args: [join(PEERS, 'secs4js.mjs')],
  model: L(A('secs4js'), A('0.4.7')),
  states: ownNames,
  establishes: false,
  deselects: false,
  selectsAgain: true,
  linktestsWhenTold: true,
  obeysSeparate: true,
  sendsS9F5: false,
};

export const KINDS: readonly PeerKind[] = [secsgem, goSecs, secs4js];
