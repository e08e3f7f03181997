import { transition } from '../../src/hsms/procedures/procedures.js';
import { SINGLE_SESSION, type ProceduresEvent } from '../../src/hsms/procedures/procedures-state.js';
import { SType } from '../../src/hsms/wire/codes.js';
import { HsmsHeader, type HsmsHeaderFields } from '../../src/hsms/wire/header.js';
import { HsmsPacket } from '../../src/hsms/wire/packet.js';
import { deepFreeze } from './freeze.js';
import { gsSelectCommand, gsStates, gsTable } from './gs-table.js';
import { effectsText, FOREIGN, NEW, OWN, readTable, stateOf, textOf } from './notation.js';
import { ssSelectCommand, ssStates, ssTable } from './ss-table.js';

type Received = Extract<ProceduresEvent, { type: 'received' }>;
type Events = Readonly<Record<string, ProceduresEvent>>;

const BODY = Buffer.from([0x01, 0x00]);

function received(
  fields: Partial<HsmsHeaderFields>,
  body?: Buffer,
  admission?: Received['admission'],
): ProceduresEvent {
  const header = HsmsHeader.of({ sessionId: SINGLE_SESSION, systemBytes: FOREIGN, ...fields });
  return { type: 'received', packet: new HsmsPacket(header, body), ...(admission && { admission }) };
}

const t6 = (systemBytes: number, maxLinktestFailures = 1): ProceduresEvent => ({
  type: 't6',
  systemBytes,
  seconds: 5,
  maxLinktestFailures,
});

const rsp = (sType: number, systemBytes: number, byte3 = 0): Partial<HsmsHeaderFields> => ({
  sType,
  systemBytes,
  byte3,
});

const reject = (systemBytes: number, byte2: number, byte3: number): Partial<HsmsHeaderFields> => ({
  sType: SType.rejectReq,
  systemBytes,
  byte2,
  byte3,
});

const { selectReq, selectRsp, deselectReq, deselectRsp, linktestReq, linktestRsp, separateReq } = SType;

const common: Events = {
  connected: { type: 'connected' },
  disconnected: { type: 'disconnected' },
  'Linktest.req': received({ sType: linktestReq }),
  'Linktest.rsp': received(rsp(linktestRsp, OWN.lnk)),
  'Reject of our Select': received(reject(OWN.sel, selectReq, 1)),
  'Reject of our Linktest.rsp, system bytes of our Select': received(reject(OWN.sel, linktestRsp, 3)),
  'Reject of nothing': received(reject(FOREIGN, selectReq, 3)),
  'SType 8': received({ sType: 8 }),
  'SType 8 PType 1': received({ sType: 8, pType: 1 }),
  linktest: { type: 'linktest', systemBytes: NEW },
  't6 of Select': t6(OWN.sel),
  't6 of Deselect': t6(OWN.des),
  't6 of Linktest, 2 failures close': t6(OWN.lnk, 2),
  t7: { type: 't7', seconds: 10 },
};

const ssEvents: Events = {
  ...common,
  'Select.req': received({ sType: selectReq }),
  'Select.req session 5': received({ sType: selectReq, sessionId: 5 }),
  'Select.req with a body': received({ sType: selectReq }, BODY),
  'Select.req PType 1': received({ sType: selectReq, pType: 1 }),
  'Select.rsp 0': received(rsp(selectRsp, OWN.sel)),
  'Select.rsp 0 session 5': received({ ...rsp(selectRsp, OWN.sel), sessionId: 5 }),
  'Select.rsp 1': received(rsp(selectRsp, OWN.sel, 1)),
  'Select.rsp 2': received(rsp(selectRsp, OWN.sel, 2)),
  'Select.rsp 3': received(rsp(selectRsp, OWN.sel, 3)),
  'Select.rsp 0 foreign': received(rsp(selectRsp, FOREIGN)),
  'Select.rsp 0 with a body': received(rsp(selectRsp, OWN.sel), BODY),
  'Select.rsp 0 system bytes of our Deselect': received(rsp(selectRsp, OWN.des)),
  'Deselect.req': received({ sType: deselectReq }),
  'Deselect.req with a body': received({ sType: deselectReq }, BODY),
  'Deselect.rsp 0': received(rsp(deselectRsp, OWN.des)),
  'Deselect.rsp 1': received(rsp(deselectRsp, OWN.des, 1)),
  'Deselect.rsp 2': received(rsp(deselectRsp, OWN.des, 2)),
  'Deselect.rsp 0 foreign': received(rsp(deselectRsp, FOREIGN)),
  'Linktest.req with a body': received({ sType: linktestReq }, BODY),
  'Linktest.rsp foreign': received(rsp(linktestRsp, FOREIGN)),
  'Linktest.rsp, byte 3 of 2': received(rsp(linktestRsp, OWN.lnk, 2)),
  'Linktest.rsp with a body': received(rsp(linktestRsp, OWN.lnk), BODY),
  'Reject of our Select for its PType, byte 2 of 7': received(reject(OWN.sel, 7, 2)),
  'Reject of our Select, byte 2 of 0': received(reject(OWN.sel, 0, 1)),
  'Reject of our Select, byte 2 of 0, for data': received(reject(OWN.sel, 0, 4)),
  'Reject of our Deselect': received(reject(OWN.des, deselectReq, 1)),
  'Reject of our Linktest': received(reject(OWN.lnk, linktestReq, 1)),
  'Reject of data': received({ ...reject(0x31, 0, 4), sessionId: 0 }),
  'Reject with a body': received(reject(FOREIGN, 0, 4), BODY),
  'Reject PType 1': received({ ...reject(FOREIGN, 0, 4), pType: 1 }),
  'Reject of our data reply, system bytes of our Deselect': received(reject(OWN.des, SType.data, 4)),
  'Separate.req': received({ sType: separateReq }),
  'Separate.req with a body': received({ sType: separateReq }, BODY),
  data: received({ sessionId: 0, stream: 1, function: 1, wBit: true }, BODY),
  'data reply, session 5': received({ sessionId: 5, stream: 1, function: 2 }),
  'data PType 1': received({ sessionId: 0, stream: 1, function: 1, pType: 1 }, BODY),
  'SType 10': received({ sType: 10 }),
  'SType 255 with a body': received({ sType: 255 }, BODY),
  select: { type: 'select', key: SINGLE_SESSION, systemBytes: NEW },
  deselect: { type: 'deselect', key: SINGLE_SESSION, systemBytes: NEW },
  separate: { type: 'separate', key: SINGLE_SESSION, systemBytes: NEW },
  't6 of Linktest, 1 failure closes': t6(OWN.lnk, 1),
  't6 of nothing': t6(0x99),
};

const gsRsp = (sType: number, sessionId: number, systemBytes: number, status = 0): ProceduresEvent =>
  received({ ...rsp(sType, systemBytes, status), sessionId });
const select1: Partial<HsmsHeaderFields> = { sType: selectReq, sessionId: 1 };

const gsEvents: Events = {
  ...common,
  'Select.req 1': received(select1, undefined, 'yes'),
  'Select.req 1, no such entity': received(select1, undefined, 'noSuchEntity'),
  'Select.req 1, in use elsewhere': received(select1, undefined, 'entityInUse'),
  'Select.req 1 with a body': received(select1, BODY, 'yes'),
  'Select.rsp 1 status 0': gsRsp(selectRsp, 1, OWN.sel),
  'Select.rsp 2 status 0': gsRsp(selectRsp, 2, OWN.sel),
  'Select.rsp 1 status 2': gsRsp(selectRsp, 1, OWN.sel, 2),
  'Select.rsp 1 status 4': gsRsp(selectRsp, 1, OWN.sel, 4),
  'Select.rsp 1 status 5': gsRsp(selectRsp, 1, OWN.sel, 5),
  'Select.rsp 1 status 6': gsRsp(selectRsp, 1, OWN.sel, 6),
  'Select.rsp 1 status 0 foreign': gsRsp(selectRsp, 1, FOREIGN),
  'Deselect.req 1': received({ sType: deselectReq, sessionId: 1 }),
  'Deselect.req 2': received({ sType: deselectReq, sessionId: 2 }),
  'Deselect.rsp 1 status 0': gsRsp(deselectRsp, 1, OWN.des),
  'Deselect.rsp 1 status 2': gsRsp(deselectRsp, 1, OWN.des, 2),
  'Deselect.rsp 2 status 0, system bytes of our Deselect of 1': gsRsp(deselectRsp, 2, OWN.des),
  'Separate.req 1': received({ sType: separateReq, sessionId: 1 }),
  'data 1': received({ sessionId: 1, stream: 1, function: 1, wBit: true }),
  'data 2': received({ sessionId: 2, stream: 1, function: 1, wBit: true }),
  'select 1': { type: 'select', key: 1, systemBytes: NEW },
  'deselect 1': { type: 'deselect', key: 1, systemBytes: NEW },
  'separate 1': { type: 'separate', key: 1, systemBytes: NEW },
};

const variants = (['active', 'passive'] as const).flatMap((role) => [
  {
    name: `HSMS-SS, ${role}`,
    role,
    general: false,
    states: ssStates[role],
    events: ssEvents,
    table: ssTable + ssSelectCommand[role],
  },
  {
    name: `HSMS-GS, ${role}`,
    role,
    general: true,
    states: gsStates[role],
    events: gsEvents,
    table: gsTable + gsSelectCommand[role],
  },
]);

/** The P-numbers of an event: they stand beside its name in the table. */
const citation = (table: string, event: string): string =>
  table
    .split('\n')
    .find((line) => line.startsWith(`# ${event} (`))
    ?.slice(event.length + 3) ?? '';

describe.each(variants)('procedures of $name (P-20 to P-31)', ({ role, general, states, events, table }) => {
  const cells = readTable(table, states);

  describe.each(Object.keys(events))('%s', (name) => {
    const event = events[name]!;
    const rows = cells.filter((cell) => cell.event === name);
    it.each(rows)(`in $state: $next $effects ${citation(table, name)}`, ({ state, next, effects }) => {
      const before = deepFreeze(stateOf(state, role, general));
      const after = transition(before, event);
      expect(`${textOf(after.state)} : ${effectsText(after.effects, event, general)}`).toBe(
        `${next} : ${effects}`,
      );
      expect(textOf(before)).toBe(state);
      expect(after.state).toMatchObject({ role, general });
    });
  });

  it('has every state x event pair once, and none besides', () => {
    const pairs = cells.map(({ event, state }) => `${event} @ ${state}`).sort();
    const all = Object.keys(events).flatMap((event) => states.map((state) => `${event} @ ${state}`));
    expect(pairs).toEqual(all.sort());
  });
});
