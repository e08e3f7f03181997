import type { Register } from './program.js';
import { SUMMARIES, type CommandName } from './summaries.js';

/** Every command, in the order of `rxsecs --help`. Its code is loaded when it is run. */
const loaders: Readonly<Record<CommandName, (words: readonly string[]) => Promise<Register>>> = {
  listen: async () => (await import('./entity/listen.js')).registerListen,
  connect: async () => (await import('./entity/connect.js')).registerConnect,
  send: async () => (await import('./send/send.js')).registerSend,
  proxy: async () => (await import('./proxy/proxy.js')).registerProxy,
  decode: async () => (await import('./decode/decode.js')).registerDecode,
  replay: async () => (await import('./replay/replay.js')).registerReplay,
  bridge: async () => (await import('./bridge/bridge.js')).registerBridge,
  ports: async () => (await import('./line/ports.js')).registerPorts,
  explain: async () => (await import('./explain/explain.js')).registerExplain,
  gem: async (words) => (await import('./gem/gem.js')).gemCommand(words),
};

/** The commands: the one that the arguments name whole, of the others what `--help` prints. */
export async function commandsFor(args: readonly string[]): Promise<Register[]> {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const [wanted, ...rest] = words[0] === 'help' ? words.slice(1) : words;
  const names = Object.keys(loaders) as CommandName[];
  const registers: Register[] = [];
  for (const name of names) registers.push(name === wanted ? await loaders[name](rest) : stub(name));
  return registers;
}

function stub(name: CommandName): Register {
  const { args, summary } = SUMMARIES[name];
  return (program) => {
    const command = program.command(name).description(summary);
    if (args !== '') command.arguments(args);
  };
}
