/**
 * HSMS-GS: a cluster tool offers three chambers on one connection, each a session with an ID of its own; the host
 * selects them one by one, talks to each, and gives one back.
 *
 *     npx ts-node examples/general-session.ts
 */
import { HsmsActiveConnection, HsmsGeneralSession, HsmsPassiveConnection } from 'rxsecs';
import { A, L, S } from 'rxsecs/secs2';

const CHAMBERS = [1, 2, 3];

async function main(): Promise<void> {
  const tool = new HsmsPassiveConnection('127.0.0.1', 0, 0);
  const chambers = new HsmsGeneralSession(tool, { entity: 'equipment' });
  for (const id of CHAMBERS) {
    const chamber = chambers.addSession(id);
    chamber.primaries.subscribe((primary) => void primary.reply(L(A(`CHAMBER ${id}`), A('1.0'))));
    chamber.state.subscribe((state) => console.log(`chamber ${id} ${state}`));
  }
  await tool.enable();

  const connection = new HsmsActiveConnection('127.0.0.1', tool.boundAddress?.port ?? 0, 0);
  const host = new HsmsGeneralSession(connection);
  const sessions = CHAMBERS.map((id) => host.addSession(id));
  await connection.enable();
  for (const session of sessions) {
    await session.selected();
    const { item } = await session.request(S(1, 1).w());
    console.log(`session ${session.sessionId} is ${item?.at(0).ascii}`);
  }

  await sessions[1]?.deselect();
  const refused = await sessions[1]?.request(S(1, 1).w()).catch((error: Error) => error.message);
  console.log(String(refused));
  await connection.dispose();
  await tool.dispose();
}

void main();
