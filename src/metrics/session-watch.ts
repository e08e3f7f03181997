import type { SessionEnd } from '../session/session-end.js';
import type { TransactionOutcome } from '../session/errors.js';
import type { Availability, SessionMessage, TransactionEvent } from '../session/events.js';
import type { SecsSession } from '../session/secs-session.js';
import { CountsByName } from './counters.js';
import { LatencyHistogram } from './histogram.js';
import { listen, type Stop } from '../watch/listen.js';
import type { SessionMetrics } from './snapshot.js';

/** Availability in the words of E37, which the snapshots had first. */
const STATES = { down: 'notConnected', connected: 'notSelected', usable: 'selected' } as const;

/** Counts what one session tells. */
export class SessionWatch {
  readonly stop: Stop;
  readonly #session: SecsSession;
  readonly #ended = new CountsByName<SessionEnd['kind']>();
  readonly #requests = new CountsByName<TransactionOutcome>();
  readonly #roundTrip = new LatencyHistogram();
  #selected = 0;
  #lateReplies = 0;
  #warnings = 0;

  constructor(session: SecsSession, onRoundTrip: (sessionId: number, seconds: number) => void) {
    this.#session = session;
    this.stop = listen(session.events, {
      availability: (availability: Availability) => void (availability === 'usable' && this.#selected++),
      ended: ({ kind }: SessionEnd) => this.#ended.add(kind),
      transaction: ({ outcome, seconds }: TransactionEvent) => {
        this.#requests.add(outcome);
        if (outcome !== 'answered') return;
        this.#roundTrip.record(seconds);
        onRoundTrip(session.sessionId, seconds);
      },
      message: ({ late }: SessionMessage) => void (late && this.#lateReplies++),
      warning: () => void this.#warnings++,
    });
  }

  snapshot(): SessionMetrics {
    const { sessionId, currentAvailability, openRequests } = this.#session;
    return {
      sessionId,
      state: STATES[currentAvailability],
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
