import type { ProcessingDefinition } from './definition.js';

/** The processing states that E30 gives as an example (G-75). The numbers are ours. */
export const processingExample: ProcessingDefinition = {
  states: { IDLE: 0, SETUP: 1, READY: 2, EXECUTING: 3, PAUSE: 4 },
  initial: 'IDLE',
  processing: ['EXECUTING', 'PAUSE'],
  transitions: [
    { number: 1, from: 'IDLE', to: 'SETUP', trigger: 'setUp' },
    { number: 2, from: 'SETUP', to: 'READY', trigger: 'ready' },
    { number: 3, from: ['READY', 'IDLE'], to: 'EXECUTING', trigger: 'start', event: 'ProcessingStarted' },
    { number: 4, from: 'EXECUTING', to: 'IDLE', trigger: 'complete', event: 'ProcessingCompleted' },
    {
      number: 5,
      from: ['SETUP', 'READY', 'EXECUTING', 'PAUSE'],
      to: 'IDLE',
      trigger: 'stop',
      event: 'ProcessingStopped',
    },
    { number: 6, from: 'EXECUTING', to: 'PAUSE', trigger: 'pause' },
    { number: 7, from: 'PAUSE', to: 'EXECUTING', trigger: 'resume' },
  ],
};
