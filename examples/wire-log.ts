/**
 * A host whose connection is logged twice: as SML on standard output, and as NDJSON in files that are put aside when they
 * are large. A recipe stays out of both. Then the file is read back, byte for byte.
 *
 *     npx ts-node examples/wire-log.ts
 */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from 'rxsecs';
import { packetOf, readWireLog, rotatingFile, WireLog } from 'rxsecs/log';
import { A, B, L, S } from 'rxsecs/secs2';

async function startEquipment(): Promise<HsmsPassiveConnection> {
  const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0);
  const equipment = new HsmsSession(connection, { entity: 'equipment' });
  equipment.primaries.subscribe((primary) => {
    void primary.reply(primary.message.name === 'S1F13' ? L(B(0), L(A('ETCHER'), A('1.0.0'))) : B(0));
  });
  await connection.enable();
  return connection;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wire-log-'));
  const path = join(folder, 'etcher.ndjson');
  const equipment = await startEquipment();
  const connection = new HsmsActiveConnection('127.0.0.1', equipment.boundAddress?.port ?? 0, 0);
  const host = new HsmsSession(connection);

  const screen = new WireLog(process.stdout, { format: 'sml', redact: ['S7F3'] });
  const files = new WireLog(rotatingFile(path, { maxBytes: 10e6, maxFiles: 5, gzip: true }), {
    redact: ['S7F3', 'S7F6'],
  });
  for (const log of [screen, files]) log.attach(host, { name: 'etcher' });

  await connection.enable();
  await host.selected();
  await host.request(S(1, 13).w(L()));
  await host.request(S(7, 3).w(L(A('RECIPE-1'), B(...Buffer.from('secret steps')))));
  await host.close();
  await screen.close();
  await files.close();

  for await (const record of readWireLog(createReadStream(path))) {
    if (record.type !== 'message' || record.sType !== 'data') continue;
    const { dir = '', sf = '', redacted } = record;
    const what = redacted === undefined ? String(packetOf(record).item) : `${redacted.bytes} bytes left out`;
    console.log(`read back: ${dir} ${sf} ${what.replace(/\s+/g, ' ')}`);
  }
  console.log(`${files.stats.written} records written, ${files.stats.droppedRecords} dropped`);
  rmSync(folder, { recursive: true });
  await Promise.all([connection.dispose(), equipment.dispose()]);
}

void main();
