import { pino } from 'pino';
import { HsmsPacket } from '../../src/index.js';
import { logEvents, type EventLogger } from '../../src/log/index.js';
import { MemoryStream } from '../support/memory-stream.js';
import { SessionBed } from '../support/session-bed.js';
import { until } from '../support/until.js';

describe('logEvents', () => {
  it('tells pino what happens, with fields and a sentence', async () => {
    const stream = new MemoryStream();
    const logger: EventLogger = pino({ level: 'debug', timestamp: false, base: null }, stream);
    const bed = new SessionBed();
    const stop = logEvents(bed.session, logger, { name: 'etcher', packets: true });
    await bed.select();
    bed.peer.socket.resetAndDestroy();
    await until('the close', () => bed.reasons.length === 1);
    stop();
    const lines = stream.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    await bed.close();
    expect(stream.lines).toHaveLength(lines.length);
    const [debug, info, warn] = [20, 30, 40];
    expect(lines).toMatchObject([
      { level: debug, connection: 'etcher', event: 'state', state: 'listening' },
      { level: debug, event: 'state', state: 'connected' },
      { level: info, event: 'established', msg: expect.stringMatching(/^connected: 127.0.0.1:/) as string },
      {
        level: debug,
        event: 'packet',
        dir: 'in',
        message: 'Select.req',
        session: 65535,
        system: 1,
        bytes: 10,
      },
      { level: info, event: 'selected', session: 0, msg: 'session 0 is selected' },
      { level: debug, event: 'packet', dir: 'out', message: 'Select.rsp' },
      { level: debug, event: 'state', state: 'closing' },
      { level: debug, event: 'beforeClosed', reason: 'reset' },
      { level: info, event: 'ended', session: 0, by: 'closed', reason: 'reset' },
      { level: debug, event: 'state', state: 'listening' },
      {
        level: warn,
        event: 'closed',
        reason: 'reset',
        unsent: 0,
        msg: expect.stringMatching(/^closed: reset/) as string,
      },
    ]);
  });

  it('tells no packets unless asked, and survives a logger that throws', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    const told: string[] = [];
    const tell = (_fields: object, text: string): void => {
      told.push(text);
      throw new Error('logger');
    };
    const bed = new SessionBed();
    logEvents(bed.connection, { debug: tell, info: tell, warn: tell, error: tell });
    await bed.connect();
    bed.peer.send(HsmsPacket.linktestReq(1));
    await bed.peer.receives(1);
    await bed.close();
    expect(told.slice(0, 2)).toEqual(['the connection is listening', 'the connection is connected']);
    expect(told.join()).not.toContain('Linktest');
    expect(told.at(-1)).toBe('closed: closed by this side');
    expect(printed).toHaveBeenCalledTimes(told.length);
    printed.mockRestore();
  });
});
