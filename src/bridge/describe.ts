import { check } from '../check.js';
import { nameOf } from '../session/header.js';
import type { BridgeNotice, BridgeTold } from './events.js';

const A_NOTICE = 'a notice of a SecsBridge';

const SIDE_TEXT = { line: 'the line', hsms: 'HSMS' } as const;

const TOLD_TEXT: Readonly<Record<BridgeTold, string>> = {
  abort: 'Its sender was told by function 0',
  s9f11: 'Its sender was told by S9F11',
  separate: 'The session of its sender was ended',
  nobody: 'Its sender could not be told',
};

/**
 * A notice of a bridge as a sentence.
 *
 * @example
 * ```ts
 * import { HsmsPassiveConnection } from 'rxsecs';
 * import { describeBridgeNotice, SecsBridge } from 'rxsecs/bridge';
 * import { Secs1Connection, serialLine } from 'rxsecs/secs1';
 *
 * const tool = new Secs1Connection(serialLine('/dev/ttyUSB0'), 1);
 * const bridge = new SecsBridge(tool, new HsmsPassiveConnection('', 5000, 1));
 * bridge.notices.subscribe((notice) => console.log(describeBridgeNotice(notice)));
 * ```
 * @throws HsmsArgumentError for what is none.
 */
export function describeBridgeNotice(notice: BridgeNotice): string {
  check.tagged('notice', notice, A_NOTICE);
  switch (notice.kind) {
    case 'lineFailed':
      return `the line cannot be opened: ${notice.error.message}`;
    case 'undelivered':
      return `${nameOf(notice.header)} from ${SIDE_TEXT[notice.from]} did not go over: ${notice.error.message}. ${TOLD_TEXT[notice.told]}`;
    case 'unanswered':
      return `${nameOf(notice.header)} from ${SIDE_TEXT[notice.from]} went over and will not be answered: ${notice.error.message}. ${TOLD_TEXT[notice.told]}`;
    default:
      return check.refuse('notice', A_NOTICE, notice);
  }
}
