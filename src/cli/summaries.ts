/** The commands. */
export type CommandName =
  'listen' | 'connect' | 'send' | 'proxy' | 'decode' | 'replay' | 'bridge' | 'ports' | 'explain' | 'gem';

/** What `rxsecs --help` says of each command: its arguments, and what it does. */
export const SUMMARIES: Readonly<Record<CommandName, { readonly args: string; readonly summary: string }>> = {
  listen: {
    args: '[port]',
    summary: 'be the entity that is connected to: print what happens, send what is typed',
  },
  connect: {
    args: '[host:port]',
    summary: 'be the entity that connects: print what happens, send what is typed',
  },
  send: {
    args: '[host:port] [file]',
    summary: 'connect, select, send the messages of a file, print their replies',
  },
  proxy: {
    args: '<listen> <host:port>',
    summary: 'stand between two entities: pass everything on, print and log both directions',
  },
  decode: {
    args: '<file>',
    summary: 'print the messages of a capture, of frames, of hex text, of a log, gzip or not',
  },
  replay: {
    args: '<recording> [endpoint]',
    summary: 'play one side of a recording (whatever decode reads) and tell where the peer answers otherwise',
  },
  bridge: {
    args: '',
    summary: 'join a line of SECS-I and HSMS: pass every message from one to the other',
  },
  ports: {
    args: '',
    summary: 'list the serial ports of this machine, for --serial',
  },
  explain: {
    args: '[name...]',
    summary: 'say what a message (S2F41) or a data item (HCACK) of SECS-II is',
  },
  gem: {
    args: '',
    summary: 'GEM (E30): talk with a tool by name; documents of an equipment from its model',
  },
};
