/** Messages whose list of ids some tools want as one array item, or as a list where E5 has an array (G-121). */
export type IdListMessage = 'S1F3' | 'S2F13' | 'S2F23' | 'S5F5';

/**
 * How a tool differs from E30 as it is usually read: each difference that was seen in the field has a switch here (G-121). All
 * are plain data, so that a profile can be checked in and compared.
 */
export interface Quirks {
  /** What the DATAID of our messages is. Tools that look at it want 1, or another one each time. Default `zero`. */
  readonly dataId: 'zero' | 'one' | 'counter';
  /** How a sampling period is written: `hhmmss` alone, or with hundredths where it has them. Default `hhmmsscc`. */
  readonly dsper: 'hhmmss' | 'hhmmsscc';
  /** Whether these take their ids as a list or as one array item. Default: as E5 has them, an array in S5F5 alone. */
  readonly idLists: Readonly<Partial<Record<IdListMessage, 'list' | 'array'>>>;
  /** What establishes communications. Old tools have S1F1 or S1F65 for it. Default `S1F13`. */
  readonly establishBy: 'S1F13' | 'S1F1' | 'S1F65';
  /** The case in which RCMD is sent. Default `asGiven`. */
  readonly rcmd: 'asGiven' | 'upper' | 'lower';
  /** Codes with a meaning of their own: `{ HCACK: { 64: 'the equipment is LOCAL' } }`. */
  readonly codes: Readonly<Record<string, Readonly<Record<number, string>>>>;
  /** Names of further control states: `{ 6: 'LINE' }`, a third master. */
  readonly controlStates: Readonly<Record<number, string>>;
  /** An extension that the tool's PPIDs have and the program's names do not: `.rcp`. Default: none. */
  readonly ppidExtension: string;
  /** How the current recipe is asked for: SV PPExecName, or S7F7. Default `PPExecName`. */
  readonly currentRecipe: 'PPExecName' | 'S7F7';
  /** RPTIDs are made of what a report holds, so that a changed one never has an old number; or they are the CEID. Default `content`. */
  readonly reportIds: 'content' | 'ceid';
  /** All links go with S2F35 and an empty outer list, before reports are deleted. Default `perEvent`. */
  readonly unlinkAll: 'perEvent' | 'emptyList';
  /** OFF-LINE the tool answers nothing at all, S1F17 neither: T3 there means OFF-LINE. Default false. */
  readonly silentOffLine: boolean;
  /** Whether a terminal message asks for a reply. Default true. */
  readonly terminalReply: boolean;
  /** The time that S2F31 gives, see EC TimeFormat: 0 YYMMDDhhmmss, 1 YYYYMMDDhhmmsscc, 2 ISO 8601, `14` YYYYMMDDhhmmss. Default: as the tool's EC says, or 1. */
  readonly timeFormat: 'asTool' | 0 | 1 | 2 | 14;
  /** Steps of the start-up table that this tool does without: `onLine`, `clock` … Default: none. */
  readonly leaveOut: readonly string[];
  /** Most entries in one message that defines, links, enables or asks. Default 50. */
  readonly groupSize: number;
}

export const DEFAULT_QUIRKS: Quirks = {
  dataId: 'zero',
  dsper: 'hhmmsscc',
  idLists: {},
  establishBy: 'S1F13',
  rcmd: 'asGiven',
  codes: {},
  controlStates: {},
  ppidExtension: '',
  currentRecipe: 'PPExecName',
  reportIds: 'content',
  unlinkAll: 'perEvent',
  silentOffLine: false,
  terminalReply: true,
  timeFormat: 'asTool',
  leaveOut: [],
  groupSize: 50,
};

/** The values that a switch may have, where it has a few. */
export const QUIRK_CHOICES: Readonly<Partial<Record<keyof Quirks, readonly unknown[]>>> = {
  dataId: ['zero', 'one', 'counter'],
  dsper: ['hhmmss', 'hhmmsscc'],
  establishBy: ['S1F13', 'S1F1', 'S1F65'],
  rcmd: ['asGiven', 'upper', 'lower'],
  currentRecipe: ['PPExecName', 'S7F7'],
  reportIds: ['content', 'ceid'],
  unlinkAll: ['perEvent', 'emptyList'],
  timeFormat: ['asTool', 0, 1, 2, 14],
};
