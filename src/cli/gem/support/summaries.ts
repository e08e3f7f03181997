/** The subcommands of `rxsecs gem`. */
export type GemCommandName =
  | ('status' | 'read' | 'watch' | 'command' | 'recipe' | 'alarms' | 'setup' | 'spool')
  | ('discover' | 'profile' | 'diff' | 'check' | 'doc');

/** What `rxsecs gem --help` says of each. */
export const GEM_SUMMARIES: Readonly<
  Record<GemCommandName, { readonly args: string; readonly summary: string }>
> = {
  status: { args: '[host:port]', summary: 'say who a tool is, and its control, processing and spool state' },
  read: {
    args: '[host:port] [name...]',
    summary: 'read variables and constants by name, or all of a profile',
  },
  watch: { args: '[host:port] [event...]', summary: 'print events, alarms, traces and terminal messages' },
  command: {
    args: '[host:port] <name> [parameter=value...]',
    summary: 'send a remote command, and wait for its completion if wanted',
  },
  recipe: {
    args: '[host:port] <list|upload|download|delete> [ppid] [file]',
    summary: 'list, fetch, send or delete process programs, byte for byte',
  },
  alarms: { args: '[host:port]', summary: 'print the alarms that are set' },
  setup: {
    args: '[host:port] <file>',
    summary: 'show what a set-up of reports, events and alarms would send; send it with --apply',
  },
  spool: {
    args: '[host:port] [transmit|purge]',
    summary: 'say what is spooled, have it sent or thrown away',
  },
  discover: { args: '[host:port]', summary: 'read a tool into a profile; nothing of the tool is changed' },
  profile: {
    args: '<module>',
    summary: 'make a profile of the model of an equipment, with the formats of its commands',
  },
  diff: { args: '<before> <after>', summary: 'compare two profiles: files, or tools at HOST:PORT' },
  check: {
    args: '[host:port]',
    summary:
      'judge a tool, or with --listen a host, by the rules of GEM: PASS, FAIL or SKIP, with the messages',
  },
  doc: {
    args: '<module>',
    summary: 'write the interface manual of an equipment, or its compliance statement, from its model',
  },
};
