/** Which way bytes of a text went, as far as the text tells. */
export interface Way {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Seen from who kept the log; undefined where the text is no log of one side. */
  readonly dir: 'in' | 'out' | undefined;
}

/** The text does not tell. */
export const UNKNOWN_WAY: Way = { from: undefined, to: undefined, dir: undefined };

/** The two sides of a dump, by name: their addresses are not known. */
export const SIDES: readonly [Way, Way] = [
  { from: 'a', to: 'b', dir: undefined },
  { from: 'b', to: 'a', dir: undefined },
];

/** What a log says was sent and was received; `a` is who kept it. */
const SENT: Way = { from: 'a', to: 'b', dir: 'out' };
const RECEIVED: Way = { from: 'b', to: 'a', dir: 'in' };

const sent =
  'tx|xmit|send|sent|sending|snd|transmit|transmitted|transmitting|write|wrote|writing|output|outgoing';
const received = 'rx|recv|recvd|receive|received|receiving|rcv|rcvd|read|reading|input|incoming';
const markAtEnd = new RegExp(`(?<![a-z0-9])(?:${sent}|${received})[\\s:)\\]|=]*$`, 'i');
/** Words also within names, as in `send_data` or `bytestream.receive`, and arrows that stand alone. */
const marks = new RegExp(`(?<![a-z0-9])(?:(${sent})|(${received}))(?![a-z0-9])`, 'gi');
/** Marks that mean something right before the bytes only. */
const lastMark = /(?:^|[\s([|])(?:(-+>+|=+>+|>+|out|o|t|s|w)|(<+-+|<+=+|<+|in|i|r))[\s:)\]|=]*$/i;
const host = '(?:h|host|hc|mes|eap|scada)';
const tool = '(?:e|eq|eqp|eqpt|equip|equipment|tool)';
const arrowed = '\\s*(?:-+>|=+>|>+|2|to)\\s*';
const toTool = new RegExp(`(?<![a-z0-9])${host}${arrowed}${tool}(?![a-z0-9])`, 'i');
const toHost = new RegExp(`(?<![a-z0-9])${tool}${arrowed}${host}(?![a-z0-9])`, 'i');
const end = String.raw`(?:\[[0-9a-f:.%a-z]+\]|[\w.-]+):\d{1,5}`;
const ends = new RegExp(String.raw`(?<![\w.])(${end})\s*(-+>|=+>|>|→|to)\s*(${end})(?![\w.])`, 'i');

const TO_TOOL: Way = { from: 'host', to: 'equipment', dir: undefined };
const TO_HOST: Way = { from: 'equipment', to: 'host', dir: undefined };

/** Reads the way from the words before bytes; undefined where none of them tells. The last word that tells counts. */
export function wayOf(words: string): Way | undefined {
  const [, from, , to] = ends.exec(words) ?? [];
  if (from !== undefined && to !== undefined) return { from, to, dir: undefined };
  if (toTool.test(words)) return TO_TOOL;
  if (toHost.test(words)) return TO_HOST;
  const last = lastMark.exec(words);
  if (last !== null) return last[1] === undefined ? RECEIVED : SENT;
  const found = [...words.matchAll(marks)].at(-1);
  if (found === undefined) return undefined;
  return found[1] === undefined ? RECEIVED : SENT;
}

/** Whether the word that tells stands right before the bytes. */
export function wayBefore(words: string): boolean {
  return lastMark.test(words) || markAtEnd.test(words);
}

/** Reads the way from the label of an array: Wireshark's `peer0_0`, or a name that says who sends. */
export function wayOfLabel(label: string): Way | undefined {
  const [, peer] = /^peer(\d)_/i.exec(label) ?? [];
  if (peer !== undefined) return peer === '0' ? SIDES[0] : SIDES[1];
  return wayOf(label.replaceAll('_', ' '));
}
