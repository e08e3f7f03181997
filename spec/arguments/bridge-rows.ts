import * as bridge from '../../src/bridge/index.js';
import { HsmsPassiveConnection } from '../../src/index.js';
import { memoryLine, Secs1Connection } from '../../src/secs1/index.js';
import { argument, ERROR, fresh, NO_ARGUMENTS, options, type Rows } from './row.js';

/** A row for each callable of `rxsecs/bridge`. */
export const bridgeRows: Rows = {
  'new BridgeError': ERROR,
  'new SecsBridge': {
    call: (...args: [never, never, never]) => new bridge.SecsBridge(...args),
    args: [
      fresh(() => new Secs1Connection(memoryLine()[0], 0)),
      fresh(() => new HsmsPassiveConnection('', 0, 0)),
      options,
    ],
  },
  'SecsBridge.enable': NO_ARGUMENTS,
  'SecsBridge.disable': NO_ARGUMENTS,
  'SecsBridge.dispose': NO_ARGUMENTS,
  describeBridgeNotice: {
    call: (a) => bridge.describeBridgeNotice(a),
    args: [argument({ kind: 'lineFailed', error: new Error('x') })],
  },
};
