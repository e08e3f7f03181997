import type {
  AlarmName,
  CommandName,
  CommandParameters,
  ConstantValue,
  EquipmentDefinition,
  EventArguments,
  EventName,
  EventValues,
  ProcessingTrigger,
  ReadValue,
  SettableName,
  VariableName,
  VariableValue,
} from '../../../src/gem';
import type { Item } from '../../../src/secs2';
import type { etcherDefinition } from '../support';

type Etcher = typeof etcherDefinition;

/** True where both types are the same, not merely assignable. */
type Same<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;
type Has<X, Y> = X extends Y ? true : false;

const holds = <T extends true>(claim: T): T => claim;

// The compiler is the test; Jest shows that the file was there.
describe('types of a model', () => {
  it('knows names', () => {
    holds<Same<AlarmName<Etcher>, 'ChamberHot' | 'DoorOpen'>>(true);
    holds<Same<CommandName<Etcher>, 'START' | 'STOP' | 'PURGE' | 'LOAD'>>(true);
    holds<Has<'ChamberPressure' | 'Clock' | 'AlarmID', VariableName<Etcher>>>(true);
    holds<Same<Has<'ChamberPresure', VariableName<Etcher>>, false>>(true);
    holds<Same<Has<'Clock', SettableName<Etcher>>, false>>(true);
    holds<Has<'WaferStarted' | 'MaterialReceived', EventName<Etcher>>>(true);
    holds<
      Same<ProcessingTrigger<Etcher>, 'setUp' | 'ready' | 'start' | 'complete' | 'stop' | 'pause' | 'resume'>
    >(true);
  });

  it('knows values', () => {
    holds<Same<VariableValue<Etcher, 'ChamberPressure'>, number | Item>>(true);
    holds<Same<VariableValue<Etcher, 'SlotMap'>, readonly number[] | Item>>(true);
    holds<Same<VariableValue<Etcher, 'Recipe'>, string | Item>>(true);
    holds<Same<ReadValue<Etcher, 'Total'>, bigint>>(true);
    holds<Same<ReadValue<Etcher, 'Lamp'>, boolean>>(true);
    holds<Same<ConstantValue<Etcher, 'Mode'>, string>>(true);
  });

  it('knows the data of events', () => {
    holds<Same<keyof EventValues<Etcher, 'WaferStarted'>, 'WaferId' | 'Slot'>>(true);
    holds<Same<EventValues<Etcher, 'WaferStarted'>['WaferId'], string | Item>>(true);
    holds<Same<EventArguments<Etcher, 'DoorOpened'>, []>>(true);
    holds<Same<EventArguments<Etcher, 'MaterialReceived'>, []>>(true);
  });

  it('knows the parameters of commands', () => {
    holds<Same<keyof CommandParameters<Etcher, 'START'>, 'PPID' | 'Slots'>>(true);
    holds<Has<CommandParameters<Etcher, 'START'>['PPID'], string>>(true);
    holds<Has<undefined, CommandParameters<Etcher, 'START'>['Slots']>>(true);
    holds<Same<CommandParameters<Etcher, 'PURGE'>['Seconds'], number>>(true);
  });

  it('takes any name where the model was read from a file', () => {
    holds<Has<'Anything', VariableName<EquipmentDefinition>>>(true);
    holds<Has<'Anything', EventName<EquipmentDefinition>>>(true);
    holds<Has<'Anything', ProcessingTrigger<EquipmentDefinition>>>(true);
    holds<Same<EventArguments<EquipmentDefinition, string>['length'], 0 | 1>>(true);
  });
});
