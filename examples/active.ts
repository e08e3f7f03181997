/**
 * Connects to a passive HSMS entity, selects it, answers its Linktests and prints what happens until Ctrl-C.
 *
 *     npx ts-node examples/active.ts 127.0.0.1 5000 0
 */
import { HsmsActiveConnection, HsmsPacket, SType } from 'rxsecs';
import { closeOnInterrupt, printEvents, readArguments } from './support.js';

const { address, port, sessionId } = readArguments();
const connection = new HsmsActiveConnection(address, port, sessionId);
printEvents(connection);

connection.established.subscribe(() => void connection.send(HsmsPacket.selectReq(1)));
connection.message.subscribe(({ header }) => {
  if (header.sType === SType.linktestReq) void connection.send(HsmsPacket.linktestRsp(header));
});
connection.beforeClosed.subscribe(({ canSend }) => {
  if (canSend) void connection.send(HsmsPacket.separateReq(2));
});

closeOnInterrupt(connection);
void connection.enable();
