import {
  initialProcedures,
  SINGLE_SESSION,
  type ControlResult,
  type Effect,
  type OpenControl,
  type ProceduresEvent,
  type ProceduresState,
} from '../../src/hsms/procedures/procedures-state.js';
import { SType } from '../../src/hsms/wire/codes.js';

/*
 * How the tables write a state: `off`, or which sessions are selected (`N` none, `S` the one of HSMS-SS, `S12` those
 * of HSMS-GS), then the open control transactions of this side (`+sel`, `+des`, `+lnk`, in HSMS-GS with the session:
 * `+sel1`), `!` for a sign of life since, `?` for one whose session has ended since, `*` for one that the event opened; `.f1` for one unanswered Linktest.
 *
 * A line of a table is `states -> next state : effects`. `*` stands for all connected states, `N*` and `S*` for those with
 * none and with some session selected, `*-sel` for those without `+sel`. The next state is written out, or it
 * is `=` (the same), `~` (the same with a sign of life noted), `N=` / `S1~` (that, with other sessions selected: a Deselect of one that
 * has ended gets `?`), `N=?` (a Select of it as well), or `=+sel*` (the same and one more open transaction).
 *
 * Effects: `>Select.rsp/0` a packet that echoes session ID and system bytes of the event's; `sel=done` T6 cancelled and the command
 * settled; `new:done` the event's own command settled, no T6; `T6+new`; `T7+` `T7-`; `on` `off:deselect`; `data`
 * delivered; `rejected`; `alive`; `close:t6/select`.
 */

/** System bytes of our open transactions, of the peer's frames, and of new commands. */
export const OWN = { sel: 0x11, des: 0x12, lnk: 0x13 } as const;
export const FOREIGN = 0x77;
export const NEW = 0x21;

type Short = keyof typeof OWN;
const procedures = { sel: 'select', des: 'deselect', lnk: 'linktest' } as const;
const names: Readonly<Record<number, string>> = { [NEW]: 'new', 0x11: 'sel', 0x12: 'des', 0x13: 'lnk' };

/** The state that a notation stands for. */
export function stateOf(text: string, role: 'active' | 'passive', general: boolean): ProceduresState {
  if (text === 'off') return initialProcedures(role, general);
  const [, kind = '', sessions = '', rest = '', failures = '0'] =
    /^([NS])(\d*)((?:\+\w+[!?]?)*)(?:\.f(\d))?$/.exec(text) ?? [];
  if (kind === '') throw new Error(`no state: ${text}`);
  const key = (digit: string): number => (general ? Number(digit) : SINGLE_SESSION);
  const selected = kind === 'N' ? [] : general ? [...sessions].map(key) : [SINGLE_SESSION];
  const open = new Map<number, OpenControl>();
  for (const [, short, digit, mark] of rest.matchAll(/\+([a-z]+)(\d?)([!?]?)/g)) {
    const procedure = procedures[short as Short];
    if (procedure === 'linktest') open.set(OWN.lnk, { procedure, alive: mark === '!' });
    else {
      const stale = mark === '?' && { stale: true as const };
      open.set(OWN[short as Short], { procedure, key: key(digit ?? ''), ...stale });
    }
  }
  return {
    role,
    general,
    connected: true,
    selected: new Set(selected),
    open,
    unansweredLinktests: Number(failures),
  };
}

/** The notation of a state. */
export function textOf(state: ProceduresState): string {
  const { connected, general, selected, open, unansweredLinktests } = state;
  if (!connected) return selected.size + open.size + unansweredLinktests === 0 ? 'off' : 'off with remains';
  const key = (value: number): string =>
    general ? String(value) : value === SINGLE_SESSION ? '' : `(${value})`;
  const controls = [...open].map(([systemBytes, control]) => {
    const short = control.procedure.slice(0, 3) === 'lin' ? 'lnk' : control.procedure.slice(0, 3);
    const own = systemBytes === NEW ? '*' : names[systemBytes] === short ? '' : `(${systemBytes})`;
    const detail =
      control.procedure === 'linktest'
        ? control.alive && '!'
        : `${key(control.key)}${control.stale === true ? '?' : ''}${'alive' in control ? '!' : ''}`;
    return `+${short}${detail || ''}${own}`;
  });
  const kind = selected.size === 0 ? 'N' : `S${[...selected].sort().map(key).join('')}`;
  return kind + controls.join('') + (unansweredLinktests > 0 ? `.f${unansweredLinktests}` : '');
}

/** The notation of effects that answer an event. */
export function effectsText(effects: readonly Effect[], event: ProceduresEvent, general: boolean): string {
  const words: string[] = [];
  const cancelled = new Set<number>();
  for (const effect of effects) {
    if (effect.do === 'cancelT6') {
      cancelled.add(effect.systemBytes);
      continue;
    }
    words.push(wordOf(effect, event, general, cancelled));
  }
  for (const systemBytes of cancelled) words.push(`T6-${names[systemBytes] ?? systemBytes} unsettled`);
  return words.join(' ');
}

function wordOf(effect: Effect, event: ProceduresEvent, general: boolean, cancelled: Set<number>): string {
  const key = (value: number): string => (general ? String(value) : value === SINGLE_SESSION ? '' : '?');
  switch (effect.do) {
    case 'send':
      return sentText(effect, event);
    case 'armT6':
    case 'cancelT6':
      return `T6+${names[effect.systemBytes] ?? effect.systemBytes}`;
    case 'armT7':
      return 'T7+';
    case 'cancelT7':
      return 'T7-';
    case 'settle':
      return `${names[effect.systemBytes] ?? effect.systemBytes}${cancelled.delete(effect.systemBytes) ? '=' : ':'}${resultText(effect.result)}`;
    case 'selected':
      return `on${key(effect.key)}`;
    case 'ended':
      return `off${key(effect.key)}:${effect.by}`;
    case 'deliver':
      return event.type === 'received' && effect.packet === event.packet ? 'data' : 'data?';
    case 'rejected':
      return event.type === 'received' && effect.header === event.packet.header ? 'rejected' : 'rejected?';
    case 'alive':
      return 'alive';
    case 'close':
      return closeText(effect);
  }
}

const sTypes: Readonly<Record<number, string>> = {
  [SType.selectReq]: 'Select.req',
  [SType.selectRsp]: 'Select.rsp',
  [SType.deselectReq]: 'Deselect.req',
  [SType.deselectRsp]: 'Deselect.rsp',
  [SType.linktestReq]: 'Linktest.req',
  [SType.linktestRsp]: 'Linktest.rsp',
  [SType.rejectReq]: 'Reject',
  [SType.separateReq]: 'Separate.req',
};

function sentText({ packet }: Extract<Effect, { do: 'send' }>, event: ProceduresEvent): string {
  const { sType, pType, byte2, byte3, sessionId, systemBytes } = packet.header;
  let text = `>${sTypes[sType]}`;
  let expected: readonly number[];
  if (event.type === 'received') {
    const { header } = event.packet;
    text += sType === SType.linktestRsp ? '' : `/${byte3}`;
    const named = sType === SType.rejectReq ? (byte3 === 2 ? header.pType : header.sType) : 0;
    expected = [header.sessionId, header.systemBytes, named, byte3];
  } else expected = ['key' in event ? event.key : SINGLE_SESSION, NEW, 0, 0];
  const found = [sessionId, systemBytes, byte2, byte3];
  const same = pType === 0 && packet.body.length === 0 && found.every((value, i) => value === expected[i]);
  return same ? text : `${text}${packet.toString()}`;
}

function resultText(result: ControlResult): string {
  switch (result.kind) {
    case 'refused':
      return `refused/${result.status}`;
    case 'rejected':
      return `rejected/${result.rejectReason}`;
    case 'notNow':
      return result.why;
    case 'done':
    case 't6':
      return result.kind;
  }
}

function closeText({ reason }: Extract<Effect, { do: 'close' }>): string {
  const after = (seconds: number, expected: number): string => (seconds === expected ? '' : `?${seconds}`);
  if (reason.kind === 't6') return `close:t6/${reason.procedure}${after(reason.seconds, 5)}`;
  if (reason.kind === 't7') return `close:t7${after(reason.seconds, 10)}`;
  if (reason.kind === 'linktest') return `close:linktest/${reason.failures}${after(reason.seconds, 5)}`;
  if (reason.kind === 'selectRefused') {
    return `close:selectRefused/${reason.status ?? `r${reason.rejectReason}`}`;
  }
  return `close:${reason.kind}`;
}

/** What a cell of a table expects. */
export interface Cell {
  readonly event: string;
  readonly state: string;
  readonly next: string;
  readonly effects: string;
}

/** Reads a table: `# event` lines, each followed by lines as above. */
export function readTable(table: string, states: readonly string[]): Cell[] {
  const cells: Cell[] = [];
  let event = '';
  for (const line of table.split('\n').filter((text) => text.trim() !== '')) {
    if (line.startsWith('# ')) {
      event = line
        .slice(2)
        .replace(/\(P-.*/, '')
        .trim();
      continue;
    }
    const [, from, next, effects] = /^(.+?) -> (\S+) :(.*)$/.exec(line) ?? [];
    if (from === undefined || next === undefined) throw new Error(`no line of a table: ${line}`);
    for (const state of from
      .trim()
      .split(/\s+/)
      .flatMap((name) => members(name, states))) {
      cells.push({ event, state, next: nextOf(state, next), effects: (effects ?? '').trim() });
    }
  }
  return cells;
}

function members(name: string, states: readonly string[]): readonly string[] {
  const [, kind, without] = /^([NS]?)\*(?:-(\w+))?$/.exec(name) ?? [];
  if (kind === undefined) return states.includes(name) ? [name] : [];
  return states.filter(
    (state) =>
      state !== 'off' && state.startsWith(kind) && (without === undefined || !state.includes(`+${without}`)),
  );
}

function nextOf(state: string, next: string): string {
  const [, sessions, mark, more] = /^((?:[NS]\d*)?)([=~])(.*)$/.exec(next) ?? [];
  if (sessions === undefined) return next;
  const [, was = '', controls = '', failures = ''] = /^([NS]\d*|off)([^.]*)(.*)$/.exec(state) ?? [];
  const alive = mark === '~';
  const kept = alive ? controls.replace(/\+lnk(?!!)/, '+lnk!') : controls;
  const after = sessions === '' ? was : sessions;
  const left = outdated(kept, was, after, more === '?' ? 'des|sel' : 'des');
  return `${after}${left}${more === '?' ? '' : more}${alive ? '' : failures}`;
}

/** The open transactions, with `?` on those of some procedures whose session was selected and is so no more. */
function outdated(controls: string, was: string, after: string, procedures: string): string {
  const single = was === 'S' && after === 'N';
  const gone = single ? '' : [...was.slice(1)].filter((session) => !after.includes(session)).join('');
  if (!single && gone === '') return controls;
  const session = single ? '' : `[${gone}]`;
  return controls.replace(new RegExp(`\\+(?:${procedures})${session}(?![?\\d])`, 'g'), '$&?');
}
