// The peers of the blocks: an equipment that listens, one on a line of SECS-I, and a host that connects. All know of a little of everything.
import { createRequire } from 'node:module';

/** @param folder where the package is installed */
export function peersOf(folder) {
  const require = createRequire(`${folder}/peers.js`);
  const { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } = require('rxsecs');
  const { listenLine, Secs1Connection, Secs1Session } = require('rxsecs/secs1');
  const { A, B, F8, L, S, U4 } = require('rxsecs/secs2');
  const quiet = { onError: () => {} };
  const model = L(A('ETCHER'), A('1.0.0'));
  const answers = {
    S1F1: model,
    S1F3: L(F8(21.5)),
    S1F13: L(B(0), model),
    S1F17: B(0),
    S2F17: A('2026010112000000'),
    S2F33: B(0),
    S2F35: B(0),
    S2F37: B(0),
    S2F41: L(B(0), L()),
    S5F1: B(0),
    S5F3: B(0),
    S5F5: L(),
    S6F11: B(0),
    S7F3: B(0),
  };
  const answer = (primary) => {
    const { name, stream } = primary.message;
    if (primary.wantsReply) void primary.reply(answers[name] ?? S(stream, 0)).catch(() => {});
  };

  async function equipment(port) {
    const connection = new HsmsPassiveConnection('127.0.0.1', port, 0, undefined, {
      ...quiet,
      secondConnection: 'takeOver',
    });
    const session = new HsmsSession(connection, { entity: 'equipment' });
    session.primaries.subscribe(answer);
    const event = S(6, 11).w(L(U4(1), U4(1001), L(L(U4(7), L(F8(21.5), A('IDLE'))))));
    session.state.subscribe((state) => {
      if (state === 'selected') void session.request(event).catch(() => {});
    });
    await connection.enable();
    return { connection, dispose: () => connection.dispose() };
  }

  async function host(port) {
    const connection = new HsmsActiveConnection('127.0.0.1', port, 0, undefined, { ...quiet, t5: 0.2 });
    const session = new HsmsSession(connection);
    connection.notices.subscribe(() => {});
    session.primaries.subscribe(answer);
    session.state.subscribe((state) => {
      if (state !== 'selected') return;
      for (const message of [S(1, 13).w(L()), S(1, 1).w(), S(1, 3).w(L()), S(2, 41).w(L(A('START'), L()))]) {
        void session.request(message).catch(() => {});
      }
    });
    await connection.enable();
    return { connection, dispose: () => connection.dispose() };
  }

  async function line(port) {
    const connection = new Secs1Connection(listenLine(port, { bindAddress: '127.0.0.1' }), 1, undefined, {
      ...quiet,
      entity: 'equipment',
    });
    const session = new Secs1Session(connection);
    session.primaries.subscribe(answer);
    await connection.enable();
    return { connection, dispose: () => connection.dispose() };
  }

  return { equipment, host, line };
}
