/**
 * Listens for one active HSMS entity, answers Select and Linktest and prints what happens until Ctrl-C. The address
 * is the one the peer must come from, '' for any. It listens on 127.0.0.1, unless another address of this machine is told.
 *
 *     npx ts-node examples/passive.ts '' 5000 0 [BIND-ADDRESS]
 */
import { HsmsPacket, HsmsPassiveConnection, SelectStatus, SType } from 'rxsecs';
import { closeOnInterrupt, printEvents, readArguments } from './support.js';

const { address, port, sessionId } = readArguments();
const [, , , bindAddress = '127.0.0.1'] = process.argv.slice(2);
const connection = new HsmsPassiveConnection(address, port, sessionId, undefined, { bindAddress });
printEvents(connection);

connection.message.subscribe(({ header }) => {
  if (header.sType === SType.selectReq) {
    void connection.send(HsmsPacket.selectRsp(header, SelectStatus.established));
  } else if (header.sType === SType.linktestReq) {
    void connection.send(HsmsPacket.linktestRsp(header));
  }
});

closeOnInterrupt(connection);
connection.enable().then(
  () => console.log(`Listening on port ${connection.boundAddress?.port}`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
