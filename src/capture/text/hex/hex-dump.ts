import type { CaptureCounts, CaptureOptions } from '../../capture-options.js';
import type { CaptureListener } from '../../events.js';
import { PacketDecoder } from '../../packet-decoder.js';
import { HexTextReader } from './hex-text.js';
import type { BytesPlace } from './offset-dumps.js';
import { TextLane, type LaneContext } from '../text-lane.js';
import type { Way } from '../way.js';

/** Decodes frames, packets and parts of messages that were printed as hex text, alone or in a log. */
export class HexDumpDecoder {
  readonly #reader: HexTextReader;
  readonly #context: LaneContext;
  readonly #lanes = new Map<string, TextLane>();
  #last: TextLane | undefined;
  #packets: PacketDecoder | undefined;
  #bytes = 0;

  /** @param head the beginning of the text: it shows whether lines are indented in two ways */
  constructor(onEvent: CaptureListener, options: CaptureOptions, head: Buffer) {
    this.#context = {
      onEvent,
      options,
      packets: () => (this.#packets ??= new PacketDecoder(onEvent, options)),
    };
    this.#reader = new HexTextReader(
      {
        onBytes: (bytes, place) => this.#take(bytes, place),
        onGap: (bytes, way) => this.#laneOf(way).gap(bytes),
        onBreak: () => this.#settle(),
        onFault: (text) => onEvent({ kind: 'fault', text }),
        onRemark: (text) => onEvent({ kind: 'remark', text }),
      },
      head,
    );
  }

  /** What became of packets, where the text holds any. */
  get counts(): CaptureCounts | undefined {
    return this.#packets?.counts;
  }

  /** Takes the next bytes of the text. */
  push(chunk: Buffer): void {
    this.#reader.push(chunk);
  }

  /** Nothing more comes. */
  end(): void {
    this.#reader.end();
    this.#settle();
    this.#packets?.end();
    for (const lane of this.#lanes.values()) lane.end();
    const { lines, text } = this.#reader.unread;
    const { onEvent } = this.#context;
    if (lines === 0) return;
    if (this.#bytes > 0) onEvent({ kind: 'unread', lines, text });
    else onEvent({ kind: 'fault', text: `no line holds bytes in hex; the first is ${text}` });
  }

  #settle(): void {
    for (const lane of this.#lanes.values()) lane.settle();
  }

  #take(bytes: Buffer, { way, time, fresh, indented }: BytesPlace): void {
    this.#bytes += bytes.length;
    let lane = this.#laneOf(way);
    const last = this.#last;
    // A message goes on in lines that are indented below its first.
    if (indented && last !== undefined && last !== lane && !last.isBetween) {
      if (lane.isBetween && !lane.begins(bytes)) lane = last;
    }
    this.#last = lane;
    lane.push(bytes, time, fresh);
  }

  #laneOf(way: Way): TextLane {
    const key = `${way.from ?? ''} ${way.to ?? ''}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = new TextLane(this.#context, way);
      this.#lanes.set(key, lane);
    }
    return lane;
  }
}
