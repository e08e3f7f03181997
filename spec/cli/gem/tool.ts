import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HsmsPassiveConnection, HsmsSession } from '../../../src';
import { gemCommand } from '../../../src/cli/gem/gem';
import type { ExitCode } from '../../../src/cli/exit-codes';
import { defineEquipment, GemEquipment, memoryStore, profileOf } from '../../../src/gem';
import { A } from '../../../src/secs2';
import { CliBed } from '../../support/cli-bed';
import { hastyClock } from '../../support/hasty-clock';
import { etcherDefinition } from '../../gem/support';

export const etcherModel = defineEquipment(etcherDefinition);

/** What one command line did. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** An equipment of ours on a port of 127.0.0.1, with a folder that holds its profile. */
export class GemTool {
  readonly folder = mkdtempSync(join(tmpdir(), 'rxsecs-gem-'));
  readonly profile = this.file('etcher.json', profileOf(etcherModel));
  readonly connection = new HsmsPassiveConnection('', 0, 0, undefined, { bindAddress: '127.0.0.1' });
  readonly session = new HsmsSession(this.connection, { entity: 'equipment', t3: 5 });
  readonly equipment = new GemEquipment(this.session, etcherModel, {
    store: memoryStore({ spool: { maxMessages: 100 } }),
  });

  async up(): Promise<this> {
    await this.equipment.programs.write('ETCH', A('etch 30 s\n'));
    this.equipment.start();
    await this.connection.enable();
    return this;
  }

  get target(): string {
    return `127.0.0.1:${this.connection.boundAddress?.port ?? 0}`;
  }

  /** Writes JSON, or text as it is. */
  file(name: string, content: unknown): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** `rxsecs gem NAME TARGET …`, with the profile. */
  run(name: string, ...rest: readonly string[]): Promise<Ran> {
    return runGem(name, this.target, ...rest, '--profile', this.profile);
  }

  async down(): Promise<void> {
    this.equipment.stop();
    await this.connection.dispose();
    rmSync(this.folder, { recursive: true });
  }
}

/** A bed in which a tool need not be waited for until it is ON-LINE. */
export function gemBed(): CliBed {
  return new CliBed({ clock: hastyClock('onLine', 'attempt', 'discovery') });
}

/** A command line of `rxsecs gem` in a bed of its own. */
export async function runGem(...args: readonly string[]): Promise<Ran> {
  const bed = gemBed();
  const code = await bed.run([await gemCommand(args)], 'gem', ...args);
  return { code, out: bed.stdout, err: bed.stderr };
}
