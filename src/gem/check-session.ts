import type { SecsSession } from '../session/secs-session.js';
import { check } from './check-values.js';

/** A session, whichever transport it runs on. */
export function checkSession(session: SecsSession): void {
  const must = 'a SecsSession, as HsmsSession';
  const { events, connection } = check.fields(
    'session',
    check.methods('session', session, ['request'], must),
    ['events', 'connection'],
  );
  if (isObject(events) && isObject(connection)) return;
  check.refuse('session', must, session);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
