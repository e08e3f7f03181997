import type { Command } from 'commander';
import { endpointText, type SecsSession } from '../../../index.js';
import { boundAddressOf, notUsableText, openEntity, type Entity } from '../../entity/entity.js';
import { CliError, ExitCode } from '../../exit-codes.js';
import type { CliIo } from '../../io.js';
import { openOutputs } from '../../output/outputs.js';
import type { Report } from '../../output/report.js';
import { closeWireLog, openWireLog } from '../../output/wire-log-option.js';
import { globalOptions } from '../../program.js';
import { becomesSelected } from '../../send/select.js';
import type { GemOptions, Target } from './options.js';

const silent: Report = { message: () => {}, event: () => {} };

/** Makes a session of one side, has it used, and takes it down again: by a host once it is selected, by an equipment from the start. */
export async function withSession(
  io: CliIo,
  command: Command,
  { role, endpoint }: Target,
  side: 'host' | 'equipment',
  work: (session: SecsSession) => Promise<void>,
): Promise<void> {
  const options = command.opts<GemOptions>();
  const { host, port } = endpoint ?? {};
  const report =
    options.verbose === true ? openOutputs(io, globalOptions(command, io), options).report : silent;
  const bind = role === 'passive' && host !== undefined ? { bind: host } : {};
  // As an equipment it answers everything itself.
  const asSide = side === 'equipment' ? { equipment: true as const, autoS9: false } : {};
  const entity = openEntity(
    io,
    report,
    command,
    role,
    { ...(port !== undefined && { port }), ...(host !== undefined && { host }) },
    { ...options, ...bind, ...asSide },
    () => true,
  );
  const wireLog = await openWireLog(io, options);
  wireLog?.attach(entity.session);
  try {
    if (side === 'host') await connected(io, entity, role, options.timeout);
    // As a tool it has to hear its host from the first message on.
    const working = work(entity.session);
    working.catch(() => {});
    if (side === 'equipment') await connected(io, entity, role, options.timeout);
    await working;
  } finally {
    await entity.connection.dispose();
    await closeWireLog(io, wireLog);
  }
}

async function connected(io: CliIo, entity: Entity, role: Target['role'], timeout: number): Promise<void> {
  const { connection, session, trouble } = entity;
  const late = new AbortController();
  const timer = io.clock.setTimer('timeout', timeout, () => {
    const why = trouble();
    const text = `${notUsableText(entity)} within --timeout ${timeout} s${why === undefined ? '' : `. ${why}`}`;
    late.abort(new CliError(text, ExitCode.notSelected));
  });
  const signal = AbortSignal.any([io.interrupted, late.signal]);
  const isSelected = role === 'active' ? becomesSelected(entity, signal) : session.usable({ signal });
  isSelected.catch(() => {});
  try {
    await connection.enable();
    const bound = boundAddressOf(entity);
    if (bound !== undefined) io.stderr.write(`rxsecs: listening on ${endpointText(bound)}\n`);
    await isSelected;
  } finally {
    timer.cancel();
  }
}
