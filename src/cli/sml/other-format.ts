import { readCapture } from '../../capture/index.js';

/** So much is looked at to tell what a source is. */
const LOOKED_AT_BYTES = 1024 * 1024;

/** What a source that is no SML is, where that can be told: `hex text with 2 messages of HSMS`. */
export async function otherFormat(bytes: Buffer): Promise<string | undefined> {
  try {
    const reading = await readCapture(once(bytes.subarray(0, LOOKED_AT_BYTES)));
    const { format } = reading;
    if (format === 'sml') return undefined;
    if (format !== 'hex') return `${NAMES[format]}, which rxsecs decode reads`;
    for await (const events of reading)
      if (events.some(({ kind }) => kind === 'message' || kind === 'part'))
        return `${NAMES.hex}, which rxsecs decode reads`;
  } catch {
    // It is none of what decode reads either.
  }
  return bytes.includes(0) ? 'no text (it holds bytes of the value 0)' : undefined;
}

const NAMES = {
  pcap: 'a capture (pcap)',
  pcapng: 'a capture (pcapng)',
  frames: 'HSMS frames as they go over the wire',
  hex: 'hex text',
  log: 'a wire log',
} as const;

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
