import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HsmsPassiveConnection, HsmsSession } from '../../../src';
import { S } from '../../../src/secs2';
import { startConnect } from '../../support/cli-entities';
import { until } from '../../support/until';

describe('a scenario', () => {
  let directory: string;
  let connection: HsmsPassiveConnection;
  let session: HsmsSession;
  let got: string[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'rxsecs-'));
    got = [];
    connection = new HsmsPassiveConnection('', 0, 0, undefined, { bindAddress: '127.0.0.1' });
    session = new HsmsSession(connection, { entity: 'equipment' });
    session.primaries.subscribe((primary) => {
      got.push(primary.message.name);
      if (primary.wantsReply) void primary.reply();
    });
    await connection.enable();
  });

  afterEach(async () => {
    await connection.dispose();
    rmSync(directory, { recursive: true, force: true });
  });

  it('answers, sends at once, later, and again and again', async () => {
    const file = join(directory, 'host.sml');
    writeFileSync(
      file,
      `hello: S1F1 W.  done: S1F3.  soon: S1F5.  again: S1F15.  ack: S6F12 <B 0>.
       if (S6F11) ack.
       if (S6F11) done.
       if S6F11 wait 0.05 soon.
       if (S6F13) wait 0.02 S6F14.
       S6F14 <B 7>.
       every 0.05 send again.
       if (S6F11) nobody.`,
    );
    const target = `127.0.0.1:${connection.boundAddress?.port ?? 0}`;
    const host = startConnect(target, ['--reply', file, '--for', '60']);
    await session.selected();
    expect((await session.request(S(6, 11).w())).item?.toJSON()).toEqual({ B: '00' });
    expect((await session.request(S(6, 13).w())).item?.toJSON()).toEqual({ B: '07' });
    await until('all that is to be sent', () => ['S1F3', 'S1F5'].every((name) => got.includes(name)));
    await until('what is sent again', () => got.filter((name) => name === 'S1F15').length >= 2);
    expect(got).not.toContain('S1F1');
    expect(host.bed.stdout).toContain('line 8: there is no message "nobody": this statement does nothing');
    host.bed.interrupt();
    await host.ended;
    expect(host.bed.stdout).not.toContain('failed');
  });
});
