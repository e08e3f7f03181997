/** Messages whose bodies go-secs 2.8.0 has otherwise, with the reason. */
export const bodies: Readonly<Record<string, string>> = {
  S3F35: 'go-secs has A alone for PODID',
  S7F26: 'go-secs reads L:0 for a program that is denied, but has nothing that builds it',
  S15F41: 'go-secs has no L:0 in the place of the change, only RCPID alone; both are read here',
  S18F2: 'go-secs has the older form alone, without STATUS',
  S18F6: 'go-secs has the newer form alone, with STATUS',
};

const bothWays = 'go-secs has it both ways, four others one way';
const cancelled = 'go-secs, B and N have it one way, H and R both ways';

/** Messages that it has another sender for. */
export const directions: Readonly<Record<string, string>> = {
  S3F33: cancelled,
  S3F34: cancelled,
  S3F35: cancelled,
  S3F36: cancelled,
  S14F19: bothWays,
  S14F20: bothWays,
  S14F21: bothWays,
  S14F22: bothWays,
};

/** Messages that it has another reply for. */
export const replies: Readonly<Record<string, string>> = {};
