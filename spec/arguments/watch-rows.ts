import { Readable, Writable } from 'node:stream';
import type { Meter } from '@opentelemetry/api';
import { HsmsPacket, HsmsPassiveConnection } from '../../src/index.js';
import { CaptureDecoder, readCapture } from '../../src/capture/index.js';
import * as log from '../../src/log/index.js';
import { SecsMetrics, LatencyHistogram } from '../../src/metrics/index.js';
import { exportMetrics } from '../../src/otel/index.js';
import {
  argument,
  ERROR,
  fresh,
  isArrayOfNone,
  isFunction,
  isPositive,
  isText,
  NO_ARGUMENTS,
  optional,
  options,
  optionsOf,
  type Allows,
  type Rows,
} from './row.js';

const packet = argument(HsmsPacket.linktestReq(1));
const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
const wireLog = (): log.WireLog => new log.WireLog(sink());
const target = fresh(() => new HsmsPassiveConnection('any', 0, 0));
const noTimer: Allows = (value) => isPositive(value) && (value as number) < 1e6;
const seconds = optional(0.001, noTimer);
const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const record = log.messageRecord(HsmsPacket.linktestReq(1), { time: 0 });

/** Any object whose fields can be written as JSON. */
const isJson: Allows = (value) => {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return !Array.isArray(value) && JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
};

/** A row for each callable of `rxsecs/log`. */
export const logRows: Rows = {
  'new WireLog': {
    call: (a, b) => new log.WireLog(a, b),
    args: [
      fresh(sink),
      optionsOf(
        'format',
        'sml',
        'names',
        'redact',
        'filter',
        'events',
        'maxBufferedBytes',
        'onProblem',
        'clock',
      ),
    ],
  },
  'WireLog.attach': { call: (a, b) => wireLog().attach(a, b), args: [target, optionsOf('name')] },
  'WireLog.open': NO_ARGUMENTS,
  'WireLog.packet': {
    call: (a, b) => wireLog().packet(a, b),
    args: [packet, optionsOf('dir', 'from', 'to', 'name')],
  },
  'WireLog.event': {
    call: (a, b, c) => wireLog().event(a, b, c),
    args: [argument('begun', isText), argument('It has begun', isText), optional({ lot: 5 }, isJson)],
  },
  'WireLog.flush': { call: (a) => wireLog().flush(a), args: [seconds] },
  'WireLog.close': { call: (a) => wireLog().close(a), args: [seconds] },
  'new WireLogError': ERROR,
  describeProblem: { call: (a) => log.describeProblem(a), args: [argument({ kind: 'recovered' })] },
  isoTime: {
    call: (a) => log.isoTime(a),
    args: [argument(0, (value) => typeof value === 'number' && Math.abs(value) < 8.64e15)],
  },
  logEvents: {
    call: (...args: [never, never, never]) => log.logEvents(...args),
    args: [target, argument(logger), optionsOf('name', 'packets')],
  },
  messageRecord: { call: (a, b) => log.messageRecord(a, b), args: [packet, argument({ time: 0 })] },
  packetOf: { call: (a, b) => log.packetOf(a, b), args: [argument(record), options] },
  readWireLog: {
    call: async (a, b) => {
      for await (const one of log.readWireLog(a, b)) expect(one).toBeDefined();
    },
    args: [argument([JSON.stringify(record)], isArrayOfNone), optionsOf('onBadLine', 'maxLineLength')],
  },
  redaction: { call: (a) => log.redaction(a), args: [argument(['S7F3'], isArrayOfNone)] },
  rotatingFile: {
    call: (a, b) => log.rotatingFile(a, b),
    args: [
      argument('wire.ndjson', (value) => isText(value) && value !== ''),
      optionsOf('maxBytes', 'maxAge', 'maxFiles', 'gzip'),
    ],
  },
  streamSink: { call: (a, b) => log.streamSink(a, b), args: [fresh(sink), optionsOf('end')] },
};

/** A row for each callable of `rxsecs/capture`. */
export const captureRows: Rows = {
  'new CaptureDecoder': {
    call: (...args: [never, never, never]) => new CaptureDecoder(...args),
    args: [
      argument('pcap'),
      argument(() => {}, isFunction),
      optionsOf('ports', 'maxPacketBytes', 'maxHeldBytes', 'decoding'),
    ],
  },
  'CaptureDecoder.push': {
    call: (a) => new CaptureDecoder('pcap', () => {}).push(a),
    args: [argument(Buffer.alloc(3))],
  },
  'CaptureDecoder.end': NO_ARGUMENTS,
  'new CaptureFormatError': ERROR,
  readCapture: {
    call: (a, b) => readCapture(a, b),
    args: [fresh(() => Readable.from([Buffer.from('0000000affff00000005 00000001')])), options],
  },
};

/** A row for each callable of `rxsecs/metrics`. */
export const metricsRows: Rows = {
  'new SecsMetrics': { call: (a) => new SecsMetrics(a), args: [optionsOf('clock')] },
  'SecsMetrics.watch': { call: (a, b) => new SecsMetrics().watch(a, b), args: [target, optionsOf('name')] },
  'SecsMetrics.watchAll': NO_ARGUMENTS,
  'SecsMetrics.snapshot': NO_ARGUMENTS,
  'SecsMetrics.snapshots': {
    call: (a) => new SecsMetrics().snapshots(a),
    args: [argument(1, (value) => noTimer(value) && value !== 0)],
  },
  'SecsMetrics.onLatency': {
    call: (a) => new SecsMetrics().onLatency(a),
    args: [argument(() => {}, isFunction)],
  },
  'SecsMetrics.close': NO_ARGUMENTS,
  'new LatencyHistogram': NO_ARGUMENTS,
  'LatencyHistogram.record': {
    call: (a) => new LatencyHistogram().record(a),
    args: [argument(0.5, isPositive)],
  },
  'LatencyHistogram.snapshot': NO_ARGUMENTS,
};

/** As much of a meter as is used. */
const meter = {
  createObservableCounter: () => ({}),
  createObservableGauge: () => ({}),
  createHistogram: () => ({ record: () => {} }),
  addBatchObservableCallback: () => {},
  removeBatchObservableCallback: () => {},
} as unknown as Meter;

/** A row for each callable of `rxsecs/otel`. */
export const otelRows: Rows = {
  exportMetrics: {
    call: (a, b) => exportMetrics(a, b),
    args: [argument(new SecsMetrics()), argument(meter)],
  },
};
