import { createReadStream } from 'node:fs';
import { readCapture, type CaptureReading, type ReadCaptureOptions } from '../../capture/index.js';
import { fileSize } from '../file-size.js';
import type { CliIo } from '../io.js';
import { progressBar, type Progress } from '../output/progress.js';

const CHUNK_BYTES = 256 * 1024;

/** A file, or standard input for `-`, being decoded, with a progress bar where that helps. */
export interface OpenSource {
  readonly reading: CaptureReading;
  readonly progress: Progress;
  /** Bytes read of it so far, still compressed where it is. */
  readonly bytes: () => number;
}

/** Opens what `decode` and `replay` read. @throws CaptureFormatError; what opening a file throws. */
export async function openSource(io: CliIo, file: string, options: ReadCaptureOptions): Promise<OpenSource> {
  const isFile = file !== '-';
  const size = isFile ? await fileSize(file) : 0;
  const stream = isFile ? createReadStream(file, { highWaterMark: CHUNK_BYTES }) : io.stdin;
  const progress = progressBar(io, 'decoding', size, isFile);
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    // A source that says nothing more, a pipe say, must not hold up an interruption.
    const stop = (): void => void stream.destroy();
    io.interrupted.addEventListener('abort', stop, { once: true });
    if (io.interrupted.aborted) stop();
    try {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        progress.update(bytes);
        yield chunk;
        if (io.interrupted.aborted) return;
      }
    } catch (error) {
      if (!io.interrupted.aborted) throw error;
    } finally {
      io.interrupted.removeEventListener('abort', stop);
    }
  };
  return { reading: await readCapture(counted(), options), progress, bytes: () => bytes };
}
