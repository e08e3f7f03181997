/** What the error codes of the system mean. */
const meanings: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the file system can only be read',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open in the system',
  ELOOP: 'too many links lead to each other',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the device failed',
  EPIPE: 'its reader has gone',
  EADDRINUSE: 'the port is in use: does another program, or another rxsecs, listen there?',
  EADDRNOTAVAIL: 'this machine has no such address',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the peer reset the connection',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'the other side did not answer in time',
  ENOTFOUND: 'that name is not known',
  EAI_AGAIN: 'the name server does not answer',
};

/** An error of the system in words, with its code: `there is no such file (ENOENT)`. Any other error by its message. */
export function errnoText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { code?: unknown; message?: unknown };
  const meaning = typeof code === 'string' ? meanings[code] : undefined;
  if (meaning !== undefined) return `${meaning} (${String(code)})`;
  return typeof message === 'string' ? message : 'something went wrong';
}
