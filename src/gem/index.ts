export { GemArgumentError, GemError, GemModelError, type GemErrorCode, type ModelProblem } from './errors.js';
export { defineEquipment } from './model/define-equipment.js';
export type {
  AlarmCategory,
  AlarmDefinition,
  CommandDefinition,
  CommandKind,
  ConstantDefinition,
  EquipmentDefinition,
  EventDefinition,
  LimitsDefinition,
  ParameterDefinition,
  PlainValue,
  ProcessCommandDefinition,
  ProcessingDefinition,
  ProcessingTransition,
  ProcessProgramsDefinition,
  ReportDefinition,
  SpoolDefinition,
  StandardIds,
  TraceDefinition,
  VariableDefinition,
} from './model/definition.js';
export type {
  Entry,
  EntryOrigin,
  EquipmentModel,
  ModelAlarm,
  ModelCommand,
  ModelConstant,
  ModelEvent,
  ModelLimits,
  ModelProcessPrograms,
  ModelReport,
  ModelVariable,
} from './model/equipment-model.js';
export type { Id, IdFormat, IdKind } from './model/id.js';
export {
  standardConstants,
  standardDataVariables,
  standardEvents,
  standardVariables,
} from './model/standard.js';
export type {
  Capability,
  StandardConstantName,
  StandardDataVariableName,
  StandardEventName,
  StandardStatusVariableName,
  StandardVariableName,
} from './model/standard.js';
export type {
  AlarmName,
  CommandName,
  CommandParameters,
  ConstantName,
  ConstantValue,
  EventArguments,
  EventName,
  EventValues,
  ProcessingTrigger,
  ReadValue,
  SettableName,
  ValueName,
  VariableName,
  VariableValue,
} from './model/types.js';
export type { ReadValueOf, Value, ValueOf, ValueShape } from './model/value.js';
