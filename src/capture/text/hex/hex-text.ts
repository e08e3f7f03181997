import { holdsBytes, hexRunOf, quotedBytesOf, type HexRun } from './hex-run.js';
import { readHexLine, type DumpLine } from './hex-line.js';
import { Indentation } from './indentation.js';
import { OffsetDumps, type BytesSink } from './offset-dumps.js';
import { takeTime } from '../time-text.js';
import { UNKNOWN_WAY, wayBefore, wayOf, wayOfLabel, type Way } from '../way.js';
import { WiresharkYaml } from './wireshark-yaml.js';

const MAX_LINE_LENGTH = 64 * 1024 * 1024;
const LINE_BYTES_SHOWN = 40;
/** This many bytes behind words are bytes for certain: a header where the words name no direction, otherwise a length. */
const CERTAIN_BYTES = { unmarked: 10, marked: 4 };

/** A label has few words; what people write around a dump has more. */
const LABEL_WORDS = 5;

/** An arrow in front of bytes. */
const ARROW = /^\s*(<+[-=]*|[-=]+>+|>+)\s+(?:0x|\\x)?[0-9a-f]{2}/i;
const ARROW_BACK = /^[ \t]*<+[ \t]+(?:0x|\\x)?[0-9a-f]{2}/im;
/** So many small numbers with commas are bytes. */
const DECIMAL_BYTES = /(?:(?<!\d)\d{1,3}\s{0,3},\s{0,3}){9}\d{1,3}(?!\d)/;
/** What a date or a time of day begins with. */
const TIME = /^[\s[(<{|"']*(?:\d{4}[-/.]?\d\d[-/.]?\d\d[T _^]|\d\d:\d\d:\d\d(?![\d:])|1\d{9}\.)/;

/** Takes what a text says. */
export interface HexSink extends BytesSink {
  /** A piece of the text ends: what follows is something else. */
  onBreak(): void;
  onFault(text: string): void;
  onRemark(text: string): void;
}

/** What a line says of those below it. */
interface Label {
  readonly way: Way | undefined;
  readonly time: number;
  /** The line, where it says nothing of bytes unless some follow. */
  readonly text?: { readonly line: number; readonly text: string };
  used: boolean;
}

/** Reads bytes that were printed as hex text: dumps, plain digits, arrays, and logs with bytes behind words. */
export class HexTextReader {
  readonly #sink: HexSink;
  readonly #decoder = new TextDecoder();
  readonly #indentation: Indentation;
  /** Whether < stands in front of bytes somewhere. */
  readonly #arrows: boolean;
  readonly #dumps: OffsetDumps;
  /** What a line of words said of the lines below it. */
  #label: Label | undefined;
  readonly #yaml = new WiresharkYaml();
  #rest = '';
  #lines = 0;
  #unread = 0;
  #firstUnread = { line: 0, text: '' };

  constructor(sink: HexSink, head: Buffer) {
    this.#sink = sink;
    this.#dumps = new OffsetDumps(sink, (text) => this.#fault(text));
    const text = head.toString('latin1');
    this.#indentation = new Indentation(text);
    this.#arrows = ARROW_BACK.test(text);
  }

  /** Takes the next bytes of the text. */
  push(chunk: Buffer): void {
    const text = this.#rest + this.#decoder.decode(chunk, { stream: true });
    // Old line ends of the Mac are line ends too.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
    if (this.#rest.length > MAX_LINE_LENGTH) {
      this.#rest = '';
      this.#sink.onFault(
        `line ${this.#lines + 1} is longer than ${MAX_LINE_LENGTH} characters: it is left out`,
      );
    }
  }

  /** Nothing more comes. */
  end(): void {
    this.#line(this.#rest);
    this.#rest = '';
    this.#dumps.end();
    this.#dropLabel();
  }

  /** How many lines held no bytes, and the first of them. */
  get unread(): { readonly lines: number; readonly text: string } {
    return { lines: this.#unread, text: this.#firstUnread.text };
  }

  #line(text: string): void {
    this.#lines++;
    if (this.#isYaml(text)) return;
    const array = /^[\w\s]*?\b([a-z_]\w*)\s*\[[^\]]*\]\s*=\s*(\{.*)?$/i.exec(text);
    if (array !== null) {
      this.#begin(wayOfLabel(array[1] ?? ''), NaN);
      if (array[2] !== undefined) this.#hexLine(array[2]);
      return;
    }
    this.#hexLine(text);
  }

  #hexLine(text: string): void {
    const line = readHexLine(text, this.#dumps.offsets(text));
    // A time is digits too, and an arrow stands between bytes as well as before them.
    const isDigits = line.kind === 'bytes' || line.kind === 'unreadable';
    if (isDigits && (this.#isArrow(text) || beginsWithTime(text)) && this.#words(text)) return;
    switch (line.kind) {
      case 'empty':
        if (text.trim() === '') this.#empty();
        return;
      case 'text':
        if (!this.#words(text)) this.#unreadLine(text);
        return;
      case 'unreadable':
        this.#fault(`${line.why}: ${shown(text)}`);
        return;
      case 'repeated':
        this.#dumps.repeat();
        return;
      case 'bytes':
        this.#plain(line.bytes, line.indent);
        return;
      case 'dump':
        this.#dump(line);
    }
  }

  /** A line that is no hex as a whole: a label, a line of a log, what a tool prints about its dump. */
  #words(text: string): boolean {
    const said = this.#indentation.said(text);
    if (said !== undefined) {
      if (said !== '') this.#sink.onRemark(said);
      return true;
    }
    const { time, rest } = takeTime(text);
    const dump = Number.isNaN(time)
      ? undefined
      : readHexLine(rest.replace(/^[\s\])|,-]+/, ''), this.#dumps.offsets(rest));
    if (dump?.kind === 'dump' && !dump.words) {
      this.#label = { way: this.#label?.way, time, used: true };
      this.#dump(dump);
      return true;
    }
    const run = quotedBytesOf(rest) ?? hexRunOf(rest);
    const way = wayOf(run?.words ?? rest);
    if (run !== undefined && isCertain(run, way)) {
      if (holdsBytes(run.words)) this.#fault(`bytes in front of the last are left out: ${shown(text)}`);
      this.#sink.onBreak();
      this.#sink.onBytes(run.bytes, { way: way ?? UNKNOWN_WAY, time, fresh: false, indented: false });
      this.#sink.onBreak();
      this.#dropLabel();
      // Lines of bytes alone go on with it.
      if (way !== undefined) this.#label = { way, time, used: true };
      return true;
    }
    if (holdsBytes(rest)) {
      this.#fault(`what stands behind its bytes is none: ${shown(text)}`);
      return true;
    }
    if (DECIMAL_BYTES.test(rest)) {
      this.#fault(`decimal numbers are not read as bytes, hex digits are: ${shown(text)}`);
      return true;
    }
    if (Number.isNaN(time) && (way === undefined || rest.trim().split(/\s+/).length > LABEL_WORDS))
      return false;
    this.#begin(way, time, way === undefined ? text : undefined);
    return true;
  }

  /** Whether an arrow says who sends what stands behind it; > alone quotes a mail, unless < is used as well. */
  #isArrow(text: string): boolean {
    const arrow = ARROW.exec(text)?.[1];
    return arrow !== undefined && (this.#arrows || !arrow.startsWith('>'));
  }

  #isYaml(text: string): boolean {
    const line = this.#yaml.take(text);
    if (line === undefined) return false;
    if (line.kind === 'remark') this.#sink.onRemark(line.text);
    if (line.kind === 'bytes') this.#plain(line.bytes, 0);
    // A label of YAML stands on several lines.
    if (line.kind === 'label') this.#begin(line.way ?? this.#label?.way, line.time ?? NaN);
    return true;
  }

  /** A label announces the lines below. */
  #begin(way: Way | undefined, time: number, text?: string): void {
    this.#sink.onBreak();
    this.#dropLabel();
    this.#label = {
      way,
      time,
      used: false,
      ...(text !== undefined && { text: { line: this.#lines, text } }),
    };
  }

  #dropLabel(): void {
    const label = this.#label;
    this.#label = undefined;
    if (label?.used === false && label.text !== undefined) this.#unreadLine(label.text.text, label.text.line);
  }

  #empty(): void {
    this.#sink.onBreak();
    if (this.#label?.used === true) this.#dropLabel();
  }

  #unreadLine(text: string, line = this.#lines): void {
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    this.#unread++;
    if (line > this.#firstUnread.line && this.#unread > 1) return;
    this.#firstUnread = { line, text: `line ${line}: ${shown(text)}` };
  }

  #place(indent: number): { way: Way; time: number; labelled: boolean } {
    const label = this.#label;
    if (label !== undefined) label.used = true;
    const way = label?.way;
    const side = this.#indentation.wayAt(indent);
    return { way: way ?? side, time: label?.time ?? NaN, labelled: way !== undefined };
  }

  #plain(bytes: Buffer, indent: number): void {
    const { way, time, labelled } = this.#place(indent);
    this.#sink.onBytes(bytes, { way, time, fresh: false, indented: !labelled && !this.#indentation.isSure });
  }

  #fault(text: string): void {
    this.#sink.onFault(`line ${this.#lines}: ${text}`);
  }

  #dump(line: DumpLine): void {
    const { way, time } = this.#place(line.indent);
    this.#dumps.take(line, way, time);
  }
}

function beginsWithTime(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(takeTime(text).time);
}

function isCertain({ words, bytes }: HexRun, way: Way | undefined): boolean {
  if (way === undefined) return bytes.length >= CERTAIN_BYTES.unmarked;
  return bytes.length >= CERTAIN_BYTES.marked || wayBefore(words);
}

function shown(text: string): string {
  return JSON.stringify(text.trim().slice(0, LINE_BYTES_SHOWN));
}
