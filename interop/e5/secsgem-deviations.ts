/** Messages that secsgem 0.3.0 has otherwise, with the reason. Of each the catalogue follows the other sources. */
export const deviations: Readonly<Record<string, string>> = {
  S2F45: 'secsgem has no L:0 for UPPERDB and LOWERDB, and limits their texts to one character',
  S2F46: 'secsgem has no L:0 for LIMITID and LIMITACK: it makes empty items of it',
  S2F48: 'secsgem has no L:0 for the attributes of a variable without limits',
  S2F50: 'secsgem has CPACK for CEPACK, and takes B alone',
  S5F5: 'secsgem has a list of ALIDs where the others have one item of many; both are read here',
  S5F14: 'secsgem has signed formats for ERRCODE',
  S5F15: 'secsgem has signed formats for ERRCODE',
  S5F18: 'secsgem has signed formats for ERRCODE',
  S7F6: 'secsgem has no L:0 for a program that is denied',
  S14F2: 'secsgem has signed formats for ERRCODE',
  S14F4: 'secsgem has signed formats for ERRCODE',
};
