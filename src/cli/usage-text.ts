import type { CommanderError } from 'commander';

/** An error of the command line in one line, as all other errors are, with what may have been meant. */
export function usageText(error: CommanderError, args: readonly string[]): string {
  const message = error.message
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(
      /^command-argument value '(.*)' is invalid for argument '(.*?)'\. /,
      (_all, value: string, name: string) => `'${value}' is no ${name.toUpperCase()}. `,
    )
    .replace(
      /^option '(?:-\w, )?(--[\w-]+).*?' argument '(.*)' is invalid\. /,
      (_all, name: string, value: string) => `${name} cannot be '${value}'. `,
    )
    .replace(
      /^missing required argument '(.*)'$/,
      (_all, name: string) => `${name.toUpperCase()} is missing`,
    );
  const hint = meant(args);
  return `${hint === '' ? message : `${message.replace(/\.$/, '')}: ${hint}`} (--help tells what there is)`;
}

/** `127.0.0.1 5000`: address and port are written as one. */
function meant(args: readonly string[]): string {
  for (const [at, host] of args.entries()) {
    const port = args[at + 1] ?? '';
    if (!/^\d{1,5}$/.test(port)) continue;
    if (/^(?:[a-z0-9][\w-]*\.[\w.-]+|localhost)$/i.test(host)) return `did you mean ${host}:${port}?`;
    if (/^\[?[0-9a-f]*:[0-9a-f:]*\]?$/i.test(host))
      return `did you mean [${host.replace(/^\[|\]$/g, '')}]:${port}?`;
  }
  return '';
}
