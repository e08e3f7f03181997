// Of the formats of a data item the first that can carry a value is the one that is sent, unless a profile or the caller says
// otherwise: U4 for ids and numbers, as most tools have them.

/** Ids: U4 as most tools have them, then any other integer, then text. */
export const ID = ['U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8', 'A'] as const;
/** Any integer. */
export const INTEGER = ['U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'] as const;
/** Any unsigned integer. */
export const UNSIGNED = ['U4', 'U1', 'U2', 'U8'] as const;
/** Values of attributes and parameters, lists too. */
export const ANYTHING = ['A', 'BOOLEAN', 'U4', 'I4', 'F8', 'U8', 'I8', 'U2', 'I2', 'U1', 'I1', 'F4', 'B', 'L'] as const;
/** Values of variables. */
export const VALUE = ['A', 'BOOLEAN', 'U4', 'I4', 'F8', 'U8', 'I8', 'U2', 'I2', 'U1', 'I1', 'F4', 'B', 'J', 'L'] as const;
/** Names that may be numbers. */
export const NAME_OR_NUMBER = ['U4', 'U1', 'U2', 'U8', 'A'] as const;
/** Limits: what can be compared. */
export const LIMIT = ['A', 'BOOLEAN', 'U4', 'I4', 'F8', 'U8', 'I8', 'U2', 'I2', 'U1', 'I1', 'F4'] as const;
/** Values that are not lists. */
export const SETTING = ['A', 'BOOLEAN', 'U4', 'I4', 'F8', 'U8', 'I8', 'U2', 'I2', 'U1', 'I1', 'F4', 'B'] as const;
/** Values of equipment constants. */
export const CONSTANT = ['A', 'BOOLEAN', 'U4', 'I4', 'F8', 'U8', 'I8', 'U2', 'I2', 'U1', 'I1', 'F4', 'B', 'J'] as const;
