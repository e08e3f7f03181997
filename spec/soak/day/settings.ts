/** Connections of the factory give up sooner than those of a real one: a day has more ends that way. */
export const SETTINGS = {
  t5: 5,
  t6: 5,
  t7: 10,
  t8: 5,
  connectTimeout: 5,
  closeTimeout: 2,
  sendTimeout: 20,
  frameTimeout: 15,
  maxQueuedBytes: 96 * 1024,
} as const;

export const T3 = 10;

/** Messages of this stream are answered oddly: F1 never, F3 too late, F5 with function 0. */
export const ODD_STREAM = 64;
