import {
  ACK,
  ENQ,
  EOT,
  IDLE,
  NAK,
  step,
  type LineEvent,
  type LinePhase,
  type LineRules,
  type LineState,
} from '../../../src/secs1/line/machine.js';

const SLAVE: LineRules = { master: false, tries: 3, acceptWithoutEnq: false, sendWithoutEnq: false };
const MASTER: LineRules = { ...SLAVE, master: true };

const at = (phase: LinePhase, more: Partial<LineState> = {}): LineState => ({ ...IDLE, phase, ...more });

const OURS = { waiting: true };

/** One state of each kind that a line can be in. */
const STATES = {
  idle: at('idle'),
  between: at('between'),
  'between, ours waits': at('between', OURS),
  waitEot: at('waitEot', OURS),
  'waitEot, last try': at('waitEot', { ...OURS, failures: 2 }),
  sending: at('sending', OURS),
  'sending, last try': at('sending', { ...OURS, failures: 2 }),
  waitAck: at('waitAck', OURS),
  'waitAck, last try': at('waitAck', { ...OURS, failures: 2 }),
  settling: at('settling', OURS),
  'settling, last try': at('settling', { ...OURS, failures: 2 }),
  waitLength: at('waitLength'),
  'waitLength, ours waits': at('waitLength', OURS),
  'waitLength, yielding': at('waitLength', { ...OURS, yielding: true, failures: 1 }),
  'waitLength, yielding, last try': at('waitLength', { ...OURS, yielding: true, failures: 2 }),
  receiving: at('receiving'),
  'receiving, ours waits': at('receiving', OURS),
  'receiving, yielding': at('receiving', { ...OURS, yielding: true, failures: 1 }),
  'receiving, yielding, last try': at('receiving', { ...OURS, yielding: true, failures: 2 }),
  quiet: at('quiet'),
  'quiet, ours waits': at('quiet', OURS),
  'quiet, yielding': at('quiet', { ...OURS, yielding: true, failures: 1 }),
  'quiet, yielding, last try': at('quiet', { ...OURS, yielding: true, failures: 2 }),
} as const;

const EVENTS = {
  ENQ: { type: 'byte', byte: ENQ },
  EOT: { type: 'byte', byte: EOT },
  ACK: { type: 'byte', byte: ACK },
  NAK: { type: 'byte', byte: NAK },
  length: { type: 'byte', byte: 10 },
  odd: { type: 'byte', byte: 9 },
  more: { type: 'more' },
  block: { type: 'block', last: true },
  badBlock: { type: 'badBlock' },
  send: { type: 'send', continued: false },
  written: { type: 'written' },
  expired: { type: 'expired' },
} as const satisfies Record<string, LineEvent>;

type StateName = keyof typeof STATES;
type EventName = keyof typeof EVENTS;

/** `phase` with what else is set: `waitLength yielding 2` waits for a length while our block, two tries of which have failed, made way. */
function shown({ phase, waiting, failures, yielding, continued, more }: LineState): string {
  const ours = yielding
    ? ' yielding'
    : waiting && phase !== 'waitEot' && phase !== 'sending' && phase !== 'waitAck'
      ? ' ours'
      : '';
  return `${phase}${ours}${failures > 0 ? ` ${failures}` : ''}${continued ? ' continued' : ''}${more ? ' more' : ''}`;
}

function told(state: LineState, event: LineEvent, rules: LineRules): string {
  const next = step(state, event, rules);
  const effects = next.effects.join(' ');
  if (next.state === state || shown(next.state) === shown(state)) return effects;
  return `${effects}${effects === '' ? '' : ' '}-> ${shown(next.state)}`;
}

/** What is left out changes nothing and does nothing. */
const TABLE: Readonly<Record<StateName, Partial<Record<EventName, string>>>> = {
  idle: {
    ...{
      ENQ: 'eot t2 -> waitLength',
      EOT: 'ignored',
      ACK: 'ignored',
      NAK: 'ignored',
      length: 'ignored',
      odd: 'ignored',
    },
    send: 'enq t2 -> waitEot',
  },
  between: {
    ...{
      ENQ: 'eot t2 -> waitLength',
      EOT: 'ignored',
      ACK: 'ignored',
      NAK: 'ignored',
      length: 'ignored',
      odd: 'ignored',
    },
    ...{ send: '-> between ours', expired: '-> idle' },
  },
  'between, ours waits': {
    ...{ ENQ: 'eot t2 -> waitLength ours', EOT: 'ignored', ACK: 'ignored', NAK: 'ignored' },
    ...{ length: 'ignored', odd: 'ignored', expired: 'enq t2 -> waitEot' },
  },
  waitEot: {
    ...{
      ENQ: 'contention eot t2 -> waitLength yielding',
      EOT: 'write block -> sending',
      ACK: 'ignored',
      NAK: 'ignored',
    },
    ...{ length: 'ignored', odd: 'ignored', expired: 'noEot enq t2 -> waitEot 1' },
  },
  'waitEot, last try': {
    ...{ ENQ: 'contention eot t2 -> waitLength yielding 2', EOT: 'write block -> sending 2', ACK: 'ignored' },
    ...{ NAK: 'ignored', length: 'ignored', odd: 'ignored', expired: 'noEot failed gap -> between' },
  },
  sending: {
    ...{ ENQ: 'early', EOT: 'early', ACK: 'early', NAK: 'early', length: 'early', odd: 'early' },
    ...{ written: 't2 -> waitAck', expired: 'notWritten enq t2 -> waitEot 1' },
  },
  'sending, last try': {
    ...{ ENQ: 'early', EOT: 'early', ACK: 'early', NAK: 'early', length: 'early', odd: 'early' },
    ...{ written: 't2 -> waitAck 2', expired: 'notWritten failed gap -> between' },
  },
  waitAck: {
    ...{
      ENQ: 'interrupted eot t2 -> waitLength ours 1',
      EOT: 'ignored',
      ACK: 'acked gap -> between',
    },
    ...{
      NAK: 'naked enq t2 -> waitEot 1',
      length: 'ignored t1 -> settling ours',
      odd: 'ignored t1 -> settling ours',
    },
    expired: 'noAck enq t2 -> waitEot 1',
  },
  'waitAck, last try': {
    ...{
      ENQ: 'interrupted failed eot t2 -> waitLength',
      EOT: 'ignored',
      ACK: 'acked gap -> between',
    },
    ...{
      NAK: 'naked failed gap -> between',
      length: 'ignored t1 -> settling ours 2',
      odd: 'ignored t1 -> settling ours 2',
    },
    expired: 'noAck failed gap -> between',
  },
  settling: {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    expired: 'noAck enq t2 -> waitEot 1',
  },
  'settling, last try': {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    expired: 'noAck failed gap -> between',
  },
  waitLength: {
    ...{ ENQ: 'eot t2', EOT: 'badLength t1 -> quiet', ACK: 'badLength t1 -> quiet', NAK: 't1 -> receiving' },
    ...{
      length: 't1 -> receiving',
      odd: 'badLength t1 -> quiet',
      send: '-> waitLength ours',
      expired: 'noLength nak -> idle',
    },
  },
  'waitLength, ours waits': {
    ...{
      ENQ: 'eot t2',
      EOT: 'badLength t1 -> quiet ours',
      ACK: 'badLength t1 -> quiet ours',
      NAK: 't1 -> receiving ours',
    },
    ...{
      length: 't1 -> receiving ours',
      odd: 'badLength t1 -> quiet ours',
      expired: 'noLength nak gap -> between ours',
    },
  },
  'waitLength, yielding': {
    ...{ ENQ: 'eot t2', EOT: 'eotForEot t1 -> quiet yielding 1', ACK: 'badLength t1 -> quiet yielding 1' },
    ...{
      NAK: 't1 -> receiving yielding 1',
      length: 't1 -> receiving yielding 1',
      odd: 'badLength t1 -> quiet yielding 1',
    },
    expired: 'noLength nak yieldFailed gap -> between ours 2',
  },
  'waitLength, yielding, last try': {
    ...{ ENQ: 'eot t2', EOT: 'eotForEot t1 -> quiet yielding 2', ACK: 'badLength t1 -> quiet yielding 2' },
    ...{
      NAK: 't1 -> receiving yielding 2',
      length: 't1 -> receiving yielding 2',
      odd: 'badLength t1 -> quiet yielding 2',
    },
    expired: 'noLength nak yieldFailed failed gap -> between',
  },
  receiving: {
    ...{
      ENQ: 't1',
      EOT: 't1',
      ACK: 't1',
      NAK: 't1',
      length: 't1',
      odd: 't1',
      more: 't1',
      block: 'ack stop deliver -> idle',
    },
    ...{ badBlock: 'badChecksum t1 -> quiet', send: '-> receiving ours', expired: 't1Expired nak -> idle' },
  },
  'receiving, ours waits': {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    ...{ block: 'ack gap deliver -> between ours', badBlock: 'badChecksum t1 -> quiet ours' },
    expired: 't1Expired nak gap -> between ours',
  },
  'receiving, yielding': {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    ...{ block: 'ack gap deliver -> between ours', badBlock: 'badChecksum t1 -> quiet yielding 1' },
    expired: 't1Expired nak yieldFailed gap -> between ours 2',
  },
  'receiving, yielding, last try': {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    ...{ block: 'ack gap deliver -> between ours', badBlock: 'badChecksum t1 -> quiet yielding 2' },
    expired: 't1Expired nak yieldFailed failed gap -> between',
  },
  quiet: {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    ...{ send: '-> quiet ours', expired: 'nak -> idle' },
  },
  'quiet, ours waits': {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    expired: 'nak gap -> between ours',
  },
  'quiet, yielding': {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    expired: 'nak yieldFailed gap -> between ours 2',
  },
  'quiet, yielding, last try': {
    ...{ ENQ: 't1', EOT: 't1', ACK: 't1', NAK: 't1', length: 't1', odd: 't1', more: 't1' },
    expired: 'nak yieldFailed failed gap -> between',
  },
};

/** What is otherwise for a master: it goes on where a slave makes way (B-24). */
const MASTERS: Partial<Record<StateName, Partial<Record<EventName, string>>>> = {
  waitEot: { ENQ: 'contention' },
  'waitEot, last try': { ENQ: 'contention' },
};

const names = Object.keys(STATES) as StateName[];
const events = Object.keys(EVENTS) as EventName[];
const cells = names.flatMap((state) => events.map((event) => [state, event] as const));

describe('the line machine', () => {
  it.each(cells)('B-20 to B-25, B-80: slave, %s, %s', (state, event) => {
    expect(told(STATES[state], EVENTS[event], SLAVE)).toBe(TABLE[state][event] ?? '');
  });

  it.each(cells)('B-24, B-80: master, %s, %s', (state, event) => {
    const expected = MASTERS[state]?.[event] ?? TABLE[state][event] ?? '';
    expect(told(STATES[state], EVENTS[event], MASTER)).toBe(expected);
  });

  it('B-20: is not changed by a step', () => {
    for (const [state, event] of cells) {
      const before = Object.freeze({ ...STATES[state] });
      step(before, EVENTS[event], SLAVE);
      expect(before).toEqual(STATES[state]);
    }
  });

  it('B-22: tries a block as often as it is told, from ENQ each time', () => {
    for (const tries of [1, 2, 32]) {
      let state = step(IDLE, EVENTS.send, SLAVE).state;
      let asked = 1;
      for (;;) {
        const next = step(state, EVENTS.expired, { ...SLAVE, tries });
        if (next.effects.includes('failed')) break;
        asked += next.effects.filter((effect) => effect === 'enq').length;
        state = next.state;
      }
      expect(asked).toBe(tries);
    }
  });

  it('B-24: counts anew after what it yielded to has come', () => {
    const yielding = { ...STATES['receiving, yielding, last try'] };
    const { state } = step(yielding, EVENTS.block, SLAVE);
    expect(shown(state)).toBe('between ours');
    expect(told(state, EVENTS.expired, SLAVE)).toBe('enq t2 -> waitEot');
  });
});

describe('blocks without ENQ', () => {
  const first = step(at('receiving'), { type: 'block', last: false }, SLAVE).state;
  const accept = { ...SLAVE, acceptWithoutEnq: true };
  const send = { ...SLAVE, sendWithoutEnq: true };

  it('B-71: are taken after the ACK of a block that is not the last, where that is set', () => {
    expect(shown(first)).toBe('idle more');
    expect(told(first, EVENTS.length, accept)).toBe('t1 -> receiving more');
    expect(told(first, EVENTS.ENQ, accept)).toBe('eot t2 -> waitLength');
    expect(told(first, EVENTS.odd, accept)).toBe('ignored');
    expect(told(at('idle'), EVENTS.length, accept)).toBe('ignored');
  });

  it('B-71: are named where that is not set', () => {
    expect(told(first, EVENTS.length, SLAVE)).toBe('ignored withoutEnq');
  });

  it('B-71: are taken again after NAK', () => {
    const { state } = step(at('receiving', { more: true }), EVENTS.expired, accept);
    expect(told(state, EVENTS.length, accept)).toBe('t1 -> receiving more');
  });

  const next: LineEvent = { type: 'send', continued: true };

  it('B-71: are sent at once, and again without ENQ, where that is set', () => {
    expect(told(at('between'), next, send)).toBe('write block -> sending continued');
    expect(told(at('waitAck', { ...OURS, continued: true }), EVENTS.NAK, send)).toBe(
      'naked write block -> sending 1 continued',
    );
    expect(told(at('between'), next, SLAVE)).toBe('-> between ours');
    expect(told(at('between'), EVENTS.send, send)).toBe('-> between ours');
  });

  it('B-71: go with ENQ once the peer has come in between', () => {
    expect(told(at('waitAck', { ...OURS, continued: true }), EVENTS.ENQ, send)).toBe(
      'interrupted eot t2 -> waitLength ours 1',
    );
  });
});
