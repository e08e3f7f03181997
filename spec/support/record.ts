import type { CloseReason, HsmsConnection, HsmsNotice } from '../../src/index.js';
import { until } from './until.js';

/** Writes down the four streams of a connection as short words, in the order they come. */
export class Recorder {
  readonly log: string[] = [];
  readonly reasons: CloseReason[] = [];
  readonly canSend: boolean[] = [];
  readonly unsent: number[] = [];
  readonly notices: HsmsNotice[] = [];

  constructor(readonly connection: HsmsConnection) {
    connection.established.subscribe(() => this.log.push('established'));
    connection.message.subscribe(({ header }) => this.log.push(`message ${header.systemBytes}`));
    connection.beforeClosed.subscribe(({ reason, canSend }) => {
      this.log.push(`beforeClosed ${reason.kind}`);
      this.canSend.push(canSend);
    });
    connection.closed.subscribe(({ reason, unsent }) => {
      this.log.push(`closed ${reason.kind}`);
      this.reasons.push(reason);
      this.unsent.push(unsent);
    });
    connection.notices.subscribe((notice) => this.notices.push(notice));
  }

  count(word: string): number {
    return this.log.filter((entry) => entry.startsWith(word)).length;
  }

  async has(word: string, count = 1): Promise<void> {
    await until(`'${word}' ${count} times in [${this.log.join(', ')}]`, () => this.count(word) >= count);
  }

  async notice(kind: HsmsNotice['kind'], count = 1): Promise<HsmsNotice> {
    const found = (): HsmsNotice[] => this.notices.filter((notice) => notice.kind === kind);
    await until(`notice ${kind}`, () => found().length >= count);
    return found()[count - 1] as HsmsNotice;
  }
}
