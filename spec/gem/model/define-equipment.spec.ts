import * as fc from 'fast-check';
import {
  defineEquipment,
  GemModelError,
  type EquipmentDefinition,
  type ModelProblem,
} from '../../../src/gem';
import { etcherDefinition } from '../support';

const minimal = { model: 'ETCHER', softwareRevision: '1.0' } as const;

function problemsOf(definition: unknown): readonly ModelProblem[] {
  try {
    defineEquipment(definition as EquipmentDefinition);
  } catch (error) {
    if (error instanceof GemModelError) return error.problems;
    throw error;
  }
  return [];
}

const lines = (definition: unknown): string[] =>
  problemsOf(definition).map(({ path, message }) => `${path} ${message}`);

describe('defineEquipment', () => {
  it('G-93: adds what E30 has, with the ids that are usual', () => {
    const model = defineEquipment(etcherDefinition);
    const ids = (names: readonly string[], map: ReadonlyMap<string, { id: unknown }>): unknown[] =>
      names.map((name) => map.get(name)?.id);
    const variables = ['Clock', 'ControlState', 'EventsEnabled', 'AlarmsEnabled', 'AlarmsSet'];
    expect(ids(variables, model.variables)).toEqual([1001, 1002, 1003, 1004, 1005]);
    expect(ids(['EstablishCommunicationsTimeout', 'TimeFormat'], model.constants)).toEqual([1, 2]);
    expect(ids(['EquipmentOFFLINE', 'ControlStateLOCAL', 'ControlStateREMOTE'], model.events)).toEqual([
      1, 2, 3,
    ]);
    expect(model.byVid.get(2001)?.name).toBe('ChamberPressure');
    expect(model.byVid.get(101)?.class).toBe('EC');
    expect(model.byCeid.get(100)?.values.map(({ name }) => name)).toEqual(['WaferId', 'Slot']);
  });

  it('G-93: renumbers and leaves out what the model says', () => {
    const model = defineEquipment({
      ...minimal,
      ids: { Clock: 5, EquipmentOFFLINE: 900, MaterialRemoved: false },
    });
    expect(model.variables.get('Clock')?.id).toBe(5);
    expect(model.byCeid.get(900)?.name).toBe('EquipmentOFFLINE');
    expect(model.events.has('MaterialRemoved')).toBe(false);
  });

  it('has of E30 what the capabilities need, and nothing more', () => {
    const model = defineEquipment({ ...minimal, trace: false, terminals: false, material: false });
    const names = [model.variables, model.constants, model.events].flatMap((map) => [...map.keys()]);
    expect(
      names.filter((name) => /Spool|Alarm|Limit|PP|ProcessProgram|Material|Recognition/.test(name)),
    ).toEqual([]);
    expect([...model.capabilities]).toEqual([]);
  });

  it('G-60, G-57: brings the events of alarms and limits along', () => {
    const model = defineEquipment(etcherDefinition);
    const hot = model.alarms.get('ChamberHot');
    expect([hot?.category, hot?.setEvent.id, hot?.clearEvent.id]).toEqual([2, 10_002, 10_003]);
    expect(model.events.get('DoorOpenSet')?.id).toBe(501);
    expect(model.variables.get('ChamberPressure')?.limits).toMatchObject({
      min: 0,
      max: 1000,
      event: { id: 32_001 },
    });
    expect(model.events.get('ChamberPressureLimit')?.values.map(({ name }) => name)).toEqual([
      'LimitVariable',
      'EventLimit',
      'TransitionType',
    ]);
  });

  it('G-3: tells of every VID that comes twice, be it of an SV, a DV or an EC', () => {
    expect(
      lines({
        ...minimal,
        variables: { A: { id: 70, format: 'U4' }, B: { id: 70, format: 'U4', class: 'DV' } },
        constants: { C: { id: 70, format: 'U4', default: 0 }, D: { id: 1001, format: 'U4', default: 0 } },
      }),
    ).toEqual([
      "variables.B.id must be a VID of its own: 70 is variables.A's",
      "constants.C.id must be a VID of its own: 70 is variables.A's",
      "constants.D.id must be a VID of its own: 1001 is ids.Clock's",
    ]);
  });

  it('G-4: tells of everything at once, each naming its entry', () => {
    expect(
      lines({
        model: 'A very long name of a tool',
        softwareRevision: 3,
        colour: 'red',
        variables: {
          P: { id: -1, format: 'F16', untis: 'Pa' },
          Q: { id: 2, format: 'A', min: 3, initial: 4, limits: { min: 1, max: 2 } },
        },
        constants: {
          T: { id: 300, format: 'U1', default: 500 },
          U: { id: 301, format: 'U1', default: 5, max: 4 },
        },
        events: { E: { id: 3, values: ['P', 'Nobody'] } },
        alarms: { H: { id: 1, text: 'überhitzt', category: 'heat' } },
        commands: { GO: { completion: 'Gone' } },
        spool: { streams: [6, 9] },
        ids: { Clok: 3 },
        states: { states: { A: 1, B: 1 }, initial: 'C', processing: ['A'], transitions: [] },
      }),
    ).toMatchInlineSnapshot(`
     [
       "colour is not known; allowed are model, softwareRevision, description, variables, constants, events, reports, alarms, commands, processPrograms, states, spool, trace, terminals, material, ids, idFormats",
       "model must be 0 to 20 characters long, received 26",
       "softwareRevision must be printable ASCII text, received the number 3",
       "ids.Clok is no name of E30's; allowed are Clock, ControlState, EventsEnabled, AlarmsEnabled, AlarmsSet, ProcessState, PreviousProcessState, PPExecName, SpoolCountActual, SpoolCountTotal, SpoolStartTime, SpoolFullTime, AlarmID, ECIDChanged, LimitVariable, EventLimit, TransitionType, PPChangeName, PPChangeStatus, PPError, OperatorCommand, EstablishCommunicationsTimeout, TimeFormat, EnableSpooling, OverWriteSpool, MaxSpoolTransmit, InitCommState, InitControlState, OfflineSubstate, OnlineFailed, OnlineSubstate, RpType, LimitsDelay, EquipmentOFFLINE, ControlStateLOCAL, ControlStateREMOTE, OperatorEquipmentConstantChange, OperatorCommandIssued, ProcessingStarted, ProcessingCompleted, ProcessingStopped, ProcessingStateChange, ProcessProgramChange, ProcessProgramSelected, MaterialReceived, MaterialRemoved, MessageRecognition, SpoolingActivated, SpoolingDeactivated, SpoolTransmitFailure",
       "variables.P.untis is not known; allowed are id, class, format, array, units, description, initial, min, max, limits",
       "variables.P.format must be one of L, B, BOOLEAN, A, J, C2, I8, I1, I2, I4, F8, F4, U8, U1, U2, U4, received the string "F16"",
       "variables.P.id must be an integer of 0 to 4294967295, for its format is U4; received the number -1",
       "variables.Q.min must not be there: A has no order",
       "variables.Q.initial must be text (format A), received the number 4",
       "ids.TimeFormat.id must be a VID of its own: 2 is variables.Q's",
       "constants.T.default must be one value of U1, received the number 500 (U1: value 0 must be a whole number from 0 to 255, received 500)",
       "constants.U.default must be 4 at most, received the number 5",
       "events.E.id must be a CEID of its own: 3 is ids.ControlStateREMOTE's",
       "events.E.values[1] must be the name of a variable or constant, received the string "Nobody"",
       "alarms.H.text must be printable ASCII text, received the string "überhitzt"",
       "alarms.H.category must be one of personalSafety, equipmentSafety, parameterWarning, parameterError, irrecoverable, statusWarning, attention, dataIntegrity, received the string "heat"",
       "variables.Q.limits must not be there: only one number has limits",
       "commands must have START: E30 asks for it where there is any",
       "commands must have STOP: E30 asks for it where there is any",
       "commands.GO.completion must be the name of an event, received the string "Gone"",
       "states.states.B must have a number of its own: A has it",
       "states.initial must be one of A, B, received the string "C"",
       "spool.streams[1] must not be 9: it is never spooled",
     ]
    `);
  });

  it('G-2: checks ids by the format of their kind', () => {
    expect(
      lines({ ...minimal, idFormats: { VID: 'U2' }, variables: { P: { id: 70_000, format: 'U1' } } }),
    ).toEqual([
      'variables.P.id must be an integer of 0 to 65535, for its format is U2; received the number 70000',
    ]);
    expect(lines({ ...minimal, idFormats: { CEID: 'U3' } })[0]).toMatch(
      /^idFormats.CEID must be one of U1, U2/,
    );
    const texts = {
      ...minimal,
      idFormats: { ALID: 'A' },
      alarms: { H: { id: 'HOT', text: 'hot', category: 1 } },
    };
    expect(lines(texts)).toEqual([
      'alarms.H.setEvent must be given: it cannot be reckoned from an id that is text',
      'alarms.H.clearEvent must be given: it cannot be reckoned from an id that is text',
    ]);
  });

  it('G-66: asks for START and STOP where there is any command', () => {
    expect(lines({ ...minimal, commands: { start: {} } })).toEqual([
      'commands must have STOP: E30 asks for it where there is any',
    ]);
  });

  it('G-15, T-18: takes an MDLN of 20, and warns of an MDLN that hosts of old do not take', () => {
    const { warnings } = defineEquipment({ model: 'ETCHER-5000', softwareRevision: '1.0' });
    expect(warnings).toEqual(['model has 11 characters: old hosts take 6']);
  });

  it('takes the same data out of JSON', () => {
    const read = JSON.parse(JSON.stringify(etcherDefinition)) as EquipmentDefinition;
    const model = defineEquipment(read);
    expect([...model.byVid.keys()]).toEqual([...defineEquipment(etcherDefinition).byVid.keys()]);
  });

  it('answers any data with a model or a GemModelError', () => {
    const junk = fc.constantFrom<unknown>(
      null,
      undefined,
      0,
      -1,
      1.5,
      'x',
      '',
      true,
      [],
      {},
      [null],
      { id: {} },
      NaN,
    );
    const paths = pathsOf(etcherDefinition);
    fc.assert(
      fc.property(fc.constantFrom(...paths), junk, (path, value) => {
        const definition = structuredClone(etcherDefinition) as never;
        put(definition, path, value);
        problemsOf(definition);
      }),
      { numRuns: 500 },
    );
    for (const value of [null, 7, 'x', [], undefined]) expect(problemsOf(value)).toHaveLength(1);
  });
});

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...pathsOf(child, [...path, key])]);
}

function put(target: Record<string, never>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) (target as Record<string, unknown>)[key] = value;
  else put(target[key] as unknown as Record<string, never>, rest, value);
}
