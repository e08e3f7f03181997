import { processingExample } from '../../../src/gem/model/processing-example';
import { processingStep } from '../../../src/gem/state/processing';
import { describeTable } from './notation';

describe("G-75: processing states of E30's example, all states and triggers", () => {
  const states = Object.keys(processingExample.states);
  const triggers = ['setUp', 'ready', 'start', 'complete', 'stop', 'pause', 'resume', 'nonsense'];
  describeTable(
    states,
    triggers,
    `
    IDLE, setUp:          SETUP [1]
    IDLE, start:          EXECUTING [3] ProcessingStarted
    SETUP, ready:         READY [2]
    SETUP, stop:          IDLE [5] ProcessingStopped
    READY, start:         EXECUTING [3] ProcessingStarted
    READY, stop:          IDLE [5] ProcessingStopped
    EXECUTING, complete:  IDLE [4] ProcessingCompleted
    EXECUTING, stop:      IDLE [5] ProcessingStopped
    EXECUTING, pause:     PAUSE [6]
    PAUSE, stop:          IDLE [5] ProcessingStopped
    PAUSE, resume:        EXECUTING [7]
    `,
    (state, trigger) =>
      processingStep(processingExample, state, trigger) ?? { state, numbers: [], effects: [] },
  );
});
