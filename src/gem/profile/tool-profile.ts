import type { ItemFormat } from '../../secs2/index.js';
import type { PlainValue } from '../model/definition.js';
import type { Id, IdFormat, IdKind } from '../model/id.js';
import type { StandardConstantName, StandardEventName, StandardVariableName } from '../model/standard.js';
import type { Quirks } from './quirks.js';

/** What is known of one value of a tool: as much as the tool, or its manual, tells. */
export interface ProfileValue {
  /** SVID, DVID or ECID. */
  readonly id: Id;
  /** Format of its item, where it is known. */
  readonly format?: ItemFormat;
  /** It holds any number of values. */
  readonly array?: boolean;
  readonly units?: string;
  readonly min?: number;
  readonly max?: number;
  readonly description?: string;
}

/** A variable of a tool. */
export interface ProfileVariable extends ProfileValue {
  /** `SV` (default), or `DV`: it means something within its event alone. */
  readonly class?: 'SV' | 'DV';
}

/** A constant of a tool. */
export interface ProfileConstant extends ProfileValue {
  readonly default?: PlainValue;
  /** The only values allowed. */
  readonly values?: readonly (string | number | boolean)[];
}

/** A collection event of a tool. */
export interface ProfileEvent {
  /** CEID. */
  readonly id: Id;
  /** Names of the variables that belong to it (S1F24). */
  readonly values?: readonly string[];
  readonly description?: string;
}

/** An alarm of a tool. */
export interface ProfileAlarm {
  /** ALID. */
  readonly id: Id;
  /** ALTX. */
  readonly text?: string;
  /** The low seven bits of ALCD. */
  readonly category?: number;
  readonly description?: string;
}

/** A remote command of a tool. */
export interface ProfileCommand {
  /** CPNAME → what it must be. */
  readonly parameters?: Readonly<
    Record<
      string,
      {
        readonly format?: ItemFormat;
        readonly array?: boolean;
        readonly optional?: boolean;
        readonly min?: number;
        readonly max?: number;
        readonly values?: readonly (string | number | boolean)[];
        readonly description?: string;
      }
    >
  >;
  /** Name of the event that tells of its completion. */
  readonly completion?: string;
  readonly description?: string;
}

/** What E30 has a name for, which the tool may call otherwise. */
export type RoleName = StandardVariableName | StandardConstantName | StandardEventName;

/**
 * What a host knows of a model of tool (G-120): names, ids, formats, steps, quirks. It is plain JSON: written by hand, read out
 * of a tool by `discover`, or made of an equipment's own model by `profileOf`; it is checked in and compared with `diffProfiles`.
 */
export interface ToolProfile {
  /** MDLN of the tools that it is for, without blanks at its end. */
  readonly model?: string;
  /** SOFTREV that it was made of. */
  readonly softwareRevision?: string;
  readonly variables?: Readonly<Record<string, ProfileVariable>>;
  readonly constants?: Readonly<Record<string, ProfileConstant>>;
  readonly events?: Readonly<Record<string, ProfileEvent>>;
  readonly alarms?: Readonly<Record<string, ProfileAlarm>>;
  readonly commands?: Readonly<Record<string, ProfileCommand>>;
  /** What the tool calls things that E30 has a name for: `{ ControlState: 'CtrlState' }`. Default: E30's own name. */
  readonly roles?: Readonly<Partial<Record<RoleName, string>>>;
  /** The formats in which ids are sent, one for all or one for each kind. Default `U4`. */
  readonly idFormats?: IdFormat | Readonly<Partial<Record<IdKind, IdFormat>>>;
  readonly quirks?: Partial<Quirks>;
  /** Messages that the tool does not serve, as `S1F21`: they are not asked. */
  readonly unsupported?: readonly string[];
}
