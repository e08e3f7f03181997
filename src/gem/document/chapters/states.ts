import type { EquipmentModel } from '../../model/equipment-model.js';
import { COMMUNICATION_EVENTS, COMMUNICATION_STATES, communicationStep } from '../../state/communication.js';
import {
  CONTROL_EVENTS,
  CONTROL_STATES,
  controlStep,
  initialControlState,
  type ControlSettings,
} from '../../state/control.js';
import { SPOOL_EVENTS, SPOOL_STATES, spoolStep } from '../../state/spooling.js';
import type { Step } from '../../state/table.js';
import { heading, paragraph, table, type Arrow, type Block } from '../blocks.js';

/** One line of a table of transitions. */
interface Transition {
  /** Undefined: the start. */
  readonly from: string | undefined;
  readonly to: string;
  readonly numbers: readonly number[];
  readonly cause: string;
  readonly effects: readonly string[];
}

/** The settings that a control state depends on: each way to leave it. */
const CONTROL_SETTINGS: readonly ControlSettings[] = (['LOCAL', 'REMOTE'] as const).flatMap((position) =>
  [1, 3].map((onlineFailed) => ({ switch: position, onlineFailed })),
);

/** `hostOnline` as words. */
const words = (name: string): string =>
  name.replace(/[A-Z](?![A-Z0-9])/g, (letter) => ` ${letter.toLowerCase()}`);

/** All transitions of a table: what leads elsewhere, or what E30 has a number for. */
function transitionsOf<S extends string, V extends string>(
  states: readonly S[],
  events: readonly V[],
  step: (state: S, event: V) => readonly Step<S, string>[],
): readonly Transition[] {
  const found = states.flatMap((from) =>
    events.flatMap((event) =>
      step(from, event)
        .filter(({ state, numbers }) => state !== from || numbers.length > 0)
        .map(({ state, numbers, effects }) => ({ from, to: state, numbers, cause: words(event), effects })),
    ),
  );
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

const started = (
  steps: readonly { readonly step: Step<string, string>; readonly cause: string }[],
): readonly Transition[] =>
  steps.map(({ step: { state, numbers, effects }, cause }) => ({
    from: undefined,
    to: state,
    numbers,
    cause,
    effects,
  }));

function communication(): readonly Transition[] {
  return [
    { from: undefined, to: 'DISABLED', numbers: [1], cause: 'start', effects: [] },
    ...transitionsOf(COMMUNICATION_STATES, COMMUNICATION_EVENTS, (state, event) => [
      communicationStep(state, event),
    ]),
  ];
}

function control(): readonly Transition[] {
  const [settings = { switch: 'REMOTE', onlineFailed: 3 } as const] = CONTROL_SETTINGS;
  const starts = [1, 2, 3].map((sub) => ({
    step: initialControlState(1, sub, settings),
    cause: `start, InitControlState 1, OfflineSubstate ${sub}`,
  }));
  const online = CONTROL_SETTINGS.filter(({ onlineFailed }) => onlineFailed === 1).map((one) => ({
    step: initialControlState(2, 1, one),
    cause: 'start, InitControlState 2',
  }));
  return [
    ...started([...starts, ...online]),
    ...transitionsOf(CONTROL_STATES, CONTROL_EVENTS, (state, event) =>
      CONTROL_SETTINGS.map((one) => controlStep(state, event, one)),
    ),
  ];
}

const spooling = (): readonly Transition[] => [
  { from: undefined, to: 'INACTIVE', numbers: [], cause: 'start', effects: [] },
  ...transitionsOf(SPOOL_STATES, SPOOL_EVENTS, (state, event) => [spoolStep(state, event)]),
];

function processing({ states: { initial, transitions } }: EquipmentModel): readonly Transition[] {
  return [
    { from: undefined, to: initial, numbers: [], cause: 'start', effects: [] },
    ...transitions.flatMap(({ number, from, to, trigger, event }) =>
      (typeof from === 'string' ? [from] : from).map((state) => ({
        ...{ from: state, to, numbers: [number], cause: trigger },
        effects: ['CE ProcessingStateChange', ...(event === undefined ? [] : [`CE ${event}`])],
      })),
    ),
  ];
}

/** The state models, as diagrams and as tables, of the tables by which the equipment runs. */
export function stateBlocks(model: EquipmentModel): readonly Block[] {
  const own = Object.entries(model.states.states).map(([name, number]) => [name, String(number)]);
  return [
    heading(2, 'Communication states'),
    paragraph(
      'NO LINK is WAIT DELAY with its timer halted. WAIT CR FROM HOST stands beside WAIT CRA and WAIT DELAY.',
    ),
    ...modelBlocks('Communication states', COMMUNICATION_STATES, communication()),
    heading(2, 'Control states'),
    paragraph('LOCAL or REMOTE is entered by the operator’s switch, which OnlineSubstate sets at first.'),
    ...modelBlocks('Control states', CONTROL_STATES, control()),
    heading(2, 'Processing states'),
    table(['State', 'ProcessState'], own),
    ...modelBlocks('Processing states', Object.keys(model.states.states), processing(model)),
    ...(model.spool === undefined
      ? []
      : [
          heading(2, 'Spooling states'),
          paragraph(
            'The other part of ACTIVE goes from NOT FULL to FULL (2) with a message that does not fit; power-off keeps all of it (7, 8).',
          ),
          ...modelBlocks('Spooling states', SPOOL_STATES, spooling()),
        ]),
  ];
}

function modelBlocks(
  title: string,
  states: readonly string[],
  transitions: readonly Transition[],
): readonly Block[] {
  return [
    { kind: 'diagram', title, states, arrows: arrowsOf(transitions) },
    table(
      ['Number', 'From', 'Cause', 'To', 'Then'],
      transitions.map(({ from = '(start)', to, numbers, cause, effects }) => [
        ...[numbers.join(', '), from, cause, to, effects.join(', ')],
      ]),
    ),
  ];
}

/** One arrow for each way, with all that causes it. */
function arrowsOf(transitions: readonly Transition[]): readonly Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const { from, to, numbers, cause } of transitions) {
    const text = numbers.length === 0 ? cause : `${numbers.join('+')} ${cause}`;
    const key = JSON.stringify([from, to]);
    const before = arrows.get(key)?.label;
    if (before?.split(', ').includes(text) === true) continue;
    arrows.set(key, { from, to, label: before === undefined ? text : `${before}, ${text}` });
  }
  return [...arrows.values()];
}
