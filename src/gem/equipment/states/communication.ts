import type { Timer } from '../../../clock.js';
import { A, B, L, S, type Item, type SecsMessage } from '../../../secs2/index.js';
import {
  communicationStep,
  type CommunicationEffect,
  type CommunicationEvent,
  type CommunicationState,
} from '../../state/communication.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import { BodyError, type Answer, type Handlers } from '../messages/handler.js';

/** What the communication states ask of the rest. */
export interface CommunicationOwner {
  /** Communications have been established. */
  onCommunicating(): void;
  /** They have failed: what waits to be sent goes to the spool, or away. */
  onSetAside(): void;
  /** They are enabled. */
  onEnabled(): void;
  /** The operator has disabled them: what waits goes away, open transactions end. */
  onAbandon(): void;
  /** The link is up, or not. */
  onLink(up: boolean): void;
  /** Whether the host may establish communications now: COMMACK 0, or 1. */
  admits(): boolean;
}

/** Carries the communication state model out (G-10 to G-16). */
export class Communication {
  readonly #core: Core;
  readonly #owner: CommunicationOwner;
  #state: CommunicationState = 'DISABLED';
  #timer: Timer | undefined;
  /** Tells the S1F13 that counts from those that do not any more. */
  #attempt: object | undefined;

  readonly #onAvailability = (): void => {
    this.#owner.onLink(this.#isUsable);
    this.#do(this.#isUsable ? 'linkUp' : 'linkDown', this.#isUsable ? 'link up' : 'link down');
  };

  readonly #onNotice = ({ kind }: { readonly kind: string }): void => {
    if (kind === 'messageFailed') this.#do('sendFailed', 'a message could not be sent');
  };

  constructor(core: Core, owner: CommunicationOwner) {
    this.#core = core;
    this.#owner = owner;
    core.session.events.on('availability', this.#onAvailability);
    core.session.connection.events.on('notice', this.#onNotice);
  }

  get state(): CommunicationState {
    return this.#state;
  }

  get isCommunicating(): boolean {
    return this.#state === 'COMMUNICATING';
  }

  /** MDLN and SOFTREV, as S1F2, S1F13 and S1F14 carry them. */
  get identity(): Item {
    const { model, softwareRevision } = this.#core.model;
    return L(A(model), A(softwareRevision));
  }

  readonly handlers: Handlers = {
    S1F1: ({ item }) => {
      body.nothing(item, 'S1F1');
      return { item: this.identity };
    },
    S1F13: ({ item }) => this.#onEstablish(item),
  };

  enable(cause: string): void {
    this.#owner.onEnabled();
    this.#do(this.#isUsable ? 'enable' : 'enableWithoutLink', cause);
  }

  disable(cause: string): void {
    this.#do('disable', cause);
  }

  /** Hears nothing of the session any more. */
  detach(): void {
    this.#core.session.events.off('availability', this.#onAvailability);
    this.#core.session.connection.events.off('notice', this.#onNotice);
  }

  /** A message that is not S1F13 has come while NOT COMMUNICATING (G-10, 8). */
  onOtherMessage(): void {
    this.#do('message', 'message');
  }

  get #isUsable(): boolean {
    return this.#core.session.currentAvailability === 'usable';
  }

  #onEstablish(item: Item | undefined): Answer {
    if (item !== undefined && !(item.format === 'L' && item.length === 0)) {
      const [model, revision] = body.pair(item, 'S1F13');
      body.text(model, 'MDLN');
      body.text(revision, 'SOFTREV');
    }
    if (!this.#owner.admits()) {
      return { item: L(B(1), this.identity), refusal: 'the application does not admit the host now' };
    }
    return { item: L(B(0), this.identity), after: () => this.#do('hostEstablishes', 'S1F13') };
  }

  #do(event: CommunicationEvent, cause: string): void {
    const from = this.#state;
    const { state, numbers, effects } = communicationStep(from, event);
    this.#state = state;
    for (const effect of effects) this.#effect(effect);
    if (state !== from || numbers.length > 0) {
      this.#core.publisher.publish('transition', { model: 'communication', numbers, from, to: state, cause });
    }
    if (state === 'COMMUNICATING' && from !== state) this.#owner.onCommunicating();
  }

  #effect(effect: CommunicationEffect): void {
    switch (effect) {
      case 'send S1F13':
        void this.#establish();
        break;
      case 'forget S1F13':
        this.#attempt = undefined;
        break;
      case 'start timer':
        this.#startTimer();
        break;
      case 'stop timer':
        this.#timer?.cancel();
        break;
      case 'set aside':
        this.#owner.onSetAside();
        break;
      case 'abandon':
        this.#owner.onAbandon();
        break;
      case 'tell reestablished':
        this.#core.publisher.publish('reestablished', undefined);
        break;
      case 'answer COMMACK 0':
        // S1F14 has left already: this step is taken right after it.
        break;
    }
  }

  #startTimer(): void {
    const seconds = Math.max(1, this.#core.constant('EstablishCommunicationsTimeout') ?? 10);
    this.#timer = this.#core.clock.setTimer('establishCommunications', seconds, () => {
      this.#do('timer', 'EstablishCommunicationsTimeout');
    });
  }

  async #establish(): Promise<void> {
    const attempt = {};
    this.#attempt = attempt;
    const accepted = await this.#core.session
      .request(S(1, 13).w(this.identity))
      .then(isAccepted, () => false);
    if (this.#attempt !== attempt) return;
    this.#attempt = undefined;
    this.#do(accepted ? 'accepted' : 'failed', accepted ? 'S1F14' : 'S1F13 failed');
  }
}

/** Whether S1F14 says COMMACK 0. */
function isAccepted(reply: SecsMessage): boolean {
  try {
    const [commack] = body.pair(reply.item, 'S1F14');
    return body.code(commack, 'COMMACK') === 0;
  } catch (error) {
    if (error instanceof BodyError || reply.itemError !== undefined) return false;
    throw error;
  }
}
