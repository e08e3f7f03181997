import {
  HOST_CAUSES,
  HOST_STATES,
  hostStep,
  type HostCause,
  type HostState,
} from '../../../src/gem/host/host-state';

/** State, cause → state, with what is to be done. What is not here changes nothing. */
const table = `
disconnected  linkUp          → selected
selected      linkDown        → disconnected
selected      begin           → establishing  : send S1F13
establishing  linkDown        → disconnected  : forget S1F13, stop timer
establishing  stop            → selected      : forget S1F13, stop timer
establishing  accepted        → communicating : ask on-line
establishing  refused         → establishing  : start timer
establishing  timer           → establishing  : send S1F13
establishing  toolEstablishes → communicating : forget S1F13, stop timer, ask on-line
communicating linkDown        → disconnected  : stop set-up, stop timer
communicating stop            → selected      : stop set-up, stop timer
communicating toolEstablishes → communicating : stop set-up, ask on-line
communicating onLine          → settingUp     : set up
communicating offLine         → offLine       : start timer
offLine       linkDown        → disconnected  : stop set-up, stop timer
offLine       stop            → selected      : stop set-up, stop timer
offLine       toolEstablishes → communicating : stop timer, ask on-line
offLine       timer           → offLine       : ask on-line
offLine       attempt         → offLine       : stop timer, ask on-line
offLine       offLine         → offLine       : start timer
offLine       onLine          → settingUp     : stop timer, set up
settingUp     linkDown        → disconnected  : stop set-up, stop timer
settingUp     stop            → selected      : stop set-up, stop timer
settingUp     toolEstablishes → communicating : stop set-up, ask on-line
settingUp     offLine         → offLine       : stop set-up, start timer
settingUp     wishTrue        → ready
settingUp     wishPartly      → degraded
ready         linkDown        → disconnected  : stop set-up, stop timer
ready         stop            → selected      : stop set-up, stop timer
ready         toolEstablishes → communicating : stop set-up, ask on-line
ready         offLine         → offLine       : stop set-up, start timer
ready         apply           → settingUp     : send difference
degraded      linkDown        → disconnected  : stop set-up, stop timer
degraded      stop            → selected      : stop set-up, stop timer
degraded      toolEstablishes → communicating : stop set-up, ask on-line
degraded      offLine         → offLine       : stop set-up, start timer
degraded      apply           → settingUp     : send difference
`;

const rows = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [, from = '', cause = '', to = '', effects = ''] =
        /^(\w+) +(\w+) +→ (\w+)(?: *: (.*))?$/.exec(line.trim()) ?? [];
      return [`${from} ${cause}`, { to, effects: effects.trim() }] as const;
    }),
);

describe('states of the host (G-111)', () => {
  it('has a row for nothing that it does not know', () => {
    for (const key of rows.keys()) {
      const [state, cause] = key.split(' ');
      expect(HOST_STATES).toContain(state);
      expect(HOST_CAUSES).toContain(cause);
    }
    expect(rows.size).toBe(37);
  });

  it.each(HOST_STATES.flatMap((state) => HOST_CAUSES.map((cause): [HostState, HostCause] => [state, cause])))(
    '%s, %s',
    (state, cause) => {
      const expected = rows.get(`${state} ${cause}`) ?? { to: state, effects: '' };
      const { state: to, effects } = hostStep(state, cause);
      expect({ to, effects: effects.join(', ') }).toEqual(expected);
    },
  );
});
