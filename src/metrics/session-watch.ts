import type { SessionEnd } from '../session/session-end.js';
import type { TransactionOutcome } from '../session/errors.js';
import type { HsmsSession } from '../hsms/session/session.js';
import { CountsByName } from './counters.js';
import { LatencyHistogram } from './histogram.js';
import { listen, type Stop } from './listen.js';
import type { SessionMetrics } from './snapshot.js';

/** Counts what one session tells. */
export class SessionWatch {
  readonly stop: Stop;
  readonly #session: HsmsSession;
  readonly #ended = new CountsByName<SessionEnd['kind']>();
  readonly #requests = new CountsByName<TransactionOutcome>();
  readonly #roundTrip = new LatencyHistogram();
  #selected = 0;
  #lateReplies = 0;
  #warnings = 0;

  constructor(session: HsmsSession, onRoundTrip: (sessionId: number, seconds: number) => void) {
    this.#session = session;
    this.stop = listen(session.events, {
      state: (state) => void (state === 'selected' && this.#selected++),
      ended: ({ kind }) => this.#ended.add(kind),
      transaction: ({ outcome, seconds }) => {
        this.#requests.add(outcome);
        if (outcome !== 'answered') return;
        this.#roundTrip.record(seconds);
        onRoundTrip(session.sessionId, seconds);
      },
      message: ({ late }) => void (late && this.#lateReplies++),
      warning: () => void this.#warnings++,
    });
  }

  snapshot(): SessionMetrics {
    const { sessionId, currentState, openRequests } = this.#session;
    return {
      sessionId,
      state: currentState,
      openRequests,
      selected: this.#selected,
      ended: this.#ended.snapshot(),
      requests: this.#requests.snapshot(),
      roundTrip: this.#roundTrip.snapshot(),
      lateReplies: this.#lateReplies,
      warnings: this.#warnings,
    };
  }
}
