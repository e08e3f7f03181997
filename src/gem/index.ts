export { GemArgumentError, GemError, GemModelError, type GemErrorCode, type ModelProblem } from './errors.js';
export {
  complianceOf,
  complianceStatement,
  type ComplianceReport,
  type ComplianceRow,
} from './document/compliance.js';
export { interfaceManual } from './document/manual.js';
export type { DocumentOptions } from './document/render.js';
export type { CommandContext, CommandHandler, CommandResult } from './equipment/commands.js';
export type { ConstantCheck } from './equipment/values/constants.js';
export {
  describeRefusal,
  describeTransition,
  describeUndelivered,
  logEquipment,
  type EventLog,
} from './equipment/describe.js';
export { GemEquipment, type EquipmentCommand, type EquipmentPrograms } from './equipment/equipment.js';
export type {
  ConstantChange,
  Delivery,
  GemEquipmentEvents,
  GemRefusal,
  GemTransition,
  GemUndelivered,
  RaisedEvent,
  TerminalMessage,
} from './equipment/events.js';
export type {
  ProgramCommand,
  ProgramFault,
  ProgramVerifier,
} from './equipment/programs/formatted-programs.js';
export type { Answer, Asked, Handler } from './equipment/messages/handler.js';
export { BodyError } from './equipment/messages/handler.js';
export type { Operator } from './equipment/operator.js';
export type { GemEquipmentOptions } from './equipment/options.js';
export type { ProgramAction, ProgramCheck } from './equipment/programs/programs.js';
export { DEFAULT_RULES, strictRules, type GemRules } from './equipment/rules.js';
export type { ClockSetter } from './equipment/services.js';
export type {
  CommandOptions,
  Completion,
  HostCommandResult,
  ParameterFault,
} from './host/requests/commands.js';
export type { TransferOptions } from './host/requests/data-sets.js';
export {
  GemFleet,
  type AnyHost,
  type FleetHealth,
  type FleetMessage,
  type GemFleetOptions,
} from './fleet/fleet.js';
export {
  discover,
  discoveryPlan,
  type Discovery,
  type DiscoveryPart,
  type DiscoverOptions,
} from './host/discover.js';
export type { HostMemory, DefinitionRecord } from './host/incoming/definitions.js';
export type { ToolIdentity } from './host/establishing.js';
export type {
  ActiveAlarm,
  GemHostEvents,
  HostAlarm,
  HostEvent,
  HostTrace,
  HostTransition,
  HostWarning,
  Received,
  ReceivedReport,
  RecipeNotice,
  SetupProblem,
  SetupProgress,
  TerminalInput,
} from './host/events.js';
export { GemHost, type GemHostConfiguration } from './host/host.js';
export type { HostState } from './host/host-state.js';
export type { HostEventValues, NamedHostEvent } from './host/host-types.js';
export type { Backlog, GemHostOptions, HostHandler, ReconnectPolicy } from './host/options.js';
export type { DownloadOptions, FormattedRecipe, HostRecipes } from './host/requests/recipes.js';
export type { HostResult } from './host/requests/result.js';
export type {
  HostClock,
  HostControl,
  HostLimits,
  HostSpool,
  HostTerminal,
  VariableLimits,
} from './host/requests/services.js';
export type { HostConstants, HostValues } from './host/requests/values.js';
export {
  checkEquipment,
  equipmentChanges,
  equipmentRules,
  type CheckOptions,
} from './check/check-equipment.js';
export type { CheckRunOptions } from './check/check-options.js';
export { checkHost, hostRules, type HostCheckOptions } from './check/check-host.js';
export { checkHtml, checkJUnit } from './check/check-report.js';
export type { CheckCommand, OperatorTask } from './check/equipment/support/tool-probe.js';
export type { RuleDescription, RuleResult } from './check/rule.js';
export { GemSetupError } from './host/setup/setup-error.js';
export type { PlannedStep, SetupPlan } from './host/setup/setup-run.js';
export type { HostSetup, LimitsWish, ReportWish, TraceWish } from './host/setup/setup.js';
export type { HostStep, Refusal, StepContext } from './host/setup/steps.js';
export { diffProfiles, type ProfileDifference } from './profile/diff.js';
export { mergeProfiles } from './profile/merge.js';
export { profileModule } from './profile/profile-text.js';
export { profileOf } from './profile/profile-of.js';
export type { IdListMessage, Quirks } from './profile/quirks.js';
export type {
  ProfileAlarm,
  ProfileCommand,
  ProfileConstant,
  ProfileEvent,
  ProfileValue,
  ProfileVariable,
  RoleName,
  ToolProfile,
} from './profile/tool-profile.js';
export type {
  GivenOf,
  HostAlarmName,
  HostCommandName,
  HostConstantName,
  HostEventName,
  HostParameters,
  HostValue,
  HostValueName,
  HostValueOf,
  HostVariableName,
  ProfileFrom,
  ProfileSource,
} from './profile/types.js';
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
export { memoryStore, type MemoryStoreOptions } from './store/memory-store.js';
export { openFileStore, type FileStoreOptions } from './store/file-store.js';
export { nodeFs, type StoreFile, type StoreFs } from './store/files/fs.js';
export { StoreError, type StoreErrorCode } from './store/errors.js';
export type { FsyncPolicy } from './store/files/journal.js';
export type { StoreDamage, StoreOpening, TornWrite } from './store/opening.js';
export type {
  AlsoOnAppend,
  AppendOptions,
  GemStore,
  NewProgram,
  ProgramEntry,
  ProgramId,
  ProgramRange,
  SpoolAppend,
  SpoolBounds,
  SpooledMessage,
  SpoolMessage,
  StateChanges,
  StateValue,
  StorePrograms,
  StoreSpool,
  StoreState,
} from './store/store.js';
