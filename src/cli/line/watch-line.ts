import { endpointText, type ConnectionNotice } from '../../index.js';
import type { DropReason, Secs1Connection, Secs1Header, Secs1Notice } from '../../secs1/index.js';
import { noticeText, reportNotice, watchPackets } from '../entity/watch.js';
import type { CliIo } from '../io.js';
import type { Report } from '../output/report.js';

const DROP_TEXT: Readonly<Record<DropReason, string>> = {
  sequence: 'a block that does not follow came',
  noFirstBlock: 'its first block is missing',
  tooLong: 'it is longer than maxMessageBytes',
  tooMany: 'too many messages are under way',
  t4: 'the next block did not come within T4',
};

/** Reports every message of a line and what happens to it. To be called before a session is made on it. */
export function watchLine(
  connection: Secs1Connection,
  io: CliIo,
  report: Report,
  isFinal: (notice: ConnectionNotice) => boolean = () => false,
): void {
  watchPackets(connection, io, report);
  connection.events.on('established', ({ local, remote }) => {
    const ends = local && remote && { local: endpointText(local), remote: endpointText(remote) };
    const text = ends === undefined ? connection.address : `${ends.local} to ${ends.remote}`;
    const side = connection.master ? 'master' : 'slave';
    const fields = { line: connection.address, ...ends, device: connection.sessionId, side };
    report.event('established', `line open: ${text}, device ${connection.sessionId}, ${side}`, fields);
  });
  connection.events.on('notice', (notice) => {
    if (!isFinal(notice)) reportNotice(connection, notice, lineNoticeText(connection, notice), report);
  });
}

/** A notice of a line as a sentence. */
function lineNoticeText(connection: Secs1Connection, notice: Secs1Notice): string {
  switch (notice.kind) {
    case 'messageFailed':
      return notice.error.message;
    case 'messageDropped':
      return `what had come of ${nameOf(notice.header)} was dropped: ${DROP_TEXT[notice.reason]}`;
    case 'duplicate':
      return `a block of ${nameOf(notice.header)} came twice, and was dropped the second time`;
    case 'wrongDirection':
      return `${nameOf(notice.header)} came with the R-bit of our own messages: both sides are ${connection.entity}`;
    case 'strayBytes':
      return `bytes came that mean nothing, 0x${notice.byte.toString(16).padStart(2, '0')} first: compare the baud rate`;
    case 'wrongSetup':
      return connection.describeHint(notice.hint);
    case 'connectFailed':
    case 'listenFailed':
    case 'acceptFailed':
    case 'refused':
    case 'openToAnyone':
      return noticeText(connection, notice);
  }
}

const nameOf = ({ stream, function: fn }: Secs1Header): string => `S${stream}F${fn}`;
