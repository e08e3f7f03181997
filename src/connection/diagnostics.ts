import { channel } from 'node:diagnostics_channel';

/**
 * The channels of `node:diagnostics_channel` on which this library says what it does, for tools that watch a process without
 * touching its code. Their names are `rxsecs:` and what is written here; docs/metrics.md says what each message holds.
 */
export const diagnostics = {
  connectionCreated: channel('rxsecs:connection:created'),
  established: channel('rxsecs:connection:established'),
  closed: channel('rxsecs:connection:closed'),
  notice: channel('rxsecs:connection:notice'),
  received: channel('rxsecs:packet:received'),
  sent: channel('rxsecs:packet:sent'),
  sessionCreated: channel('rxsecs:session:created'),
  selected: channel('rxsecs:session:selected'),
  ended: channel('rxsecs:session:ended'),
  transaction: channel('rxsecs:transaction:settled'),
  control: channel('rxsecs:control:settled'),
} as const;
