import type { Clock } from '../../clock.js';
import type { Publisher } from '../../reactive/publisher.js';
import type { Item, SecsMessage } from '../../secs2/index.js';
import type { EquipmentModel, ModelEvent } from '../model/equipment-model.js';
import type { GemStore } from '../store/store.js';
import type { Delivery, GemEquipmentEvents } from './events.js';
import type { OneAtATime } from './messages/one-at-a-time.js';
import type { SecsSession } from '../../session/secs-session.js';
import type { GemRules } from './rules.js';
import type { GemTime } from './values/time.js';
import type { Values } from './values/values.js';

/** What the capabilities of one equipment share. Each gets it when it is made, and asks the others through it. */
export interface Core {
  readonly model: EquipmentModel;
  readonly rules: GemRules;
  readonly clock: Clock;
  readonly session: SecsSession;
  readonly store: GemStore;
  readonly publisher: Publisher<GemEquipmentEvents>;
  readonly values: Values;
  readonly time: GemTime;
  /** Changes of what is kept, one after the other. */
  readonly lane: OneAtATime;
  /** Reports what an application's callback threw, or what a store could not do. */
  readonly report: (error: unknown, where: string) => void;
  /** The value of a standard constant: a number, or a truth as 0 or 1. Undefined: the model does without it. */
  constant(name: string): number | undefined;
  /** Raises a standard event, if the model has it. `post` sends it another way than in its turn. */
  raise(
    name: string,
    data?: Readonly<Record<string, Item>>,
    post?: (message: SecsMessage | Promise<SecsMessage>) => Promise<Delivery>,
  ): Promise<Delivery>;
  raiseEvent(event: ModelEvent, data?: ReadonlyMap<string, Item>): Promise<Delivery>;
  /** Sends a primary message of ours in its turn, to the spool, or not at all. */
  post(message: SecsMessage | Promise<SecsMessage>, name: string): Promise<Delivery>;
  isOnline(): boolean;
  isLocal(): boolean;
  isCommunicating(): boolean;
  isProcessing(): boolean;
}
