/**
 * A passive and an active connection in one process, exchanging packets over a real socket. The passive side uses
 * the documented delegate, the active side Observables.
 *
 *     npm start
 */
import { firstValueFrom, filter } from 'rxjs';
import {
  describeCloseReason,
  HsmsActiveConnection,
  HsmsPacket,
  HsmsPassiveConnection,
  SelectStatus,
  SType,
  sTypeName,
  type HsmsConnection,
} from 'rxsecs';

/** The equipment: answers Select, Linktest and S1F13. */
class Equipment {
  on_connection_established(connection: HsmsConnection): void {
    console.log(`passive  Connection established from ${connection.remoteAddress?.address}`);
  }

  on_connection_message_received(connection: HsmsConnection, packet: HsmsPacket): void {
    console.log(`passive  Packet received ${packet.toString()}`);
    const { header } = packet;
    if (header.sType === SType.selectReq) {
      void connection.send(HsmsPacket.selectRsp(header, SelectStatus.established));
    } else if (header.sType === SType.linktestReq) {
      void connection.send(HsmsPacket.linktestRsp(header));
    } else if (header.isData && header.wBit) {
      const { sessionId, stream, systemBytes } = header;
      // S1F14: <L <B 0x00> <L <A "MDLN"> <A "1.0.0">>>
      const body = Buffer.from('0102' + '210100' + '0102' + '41044d444c4e' + '4105312e302e30', 'hex');
      void connection.send(
        HsmsPacket.data({ sessionId, stream, function: header.function + 1, systemBytes }, body),
      );
    }
  }

  on_connection_before_closed(): void {
    console.log('passive  Connection about to be closed');
  }

  on_connection_closed(): void {
    console.log('passive  Connection closed');
  }
}

async function main(): Promise<void> {
  const passive = new HsmsPassiveConnection('127.0.0.1', 0, 0, new Equipment());
  await passive.enable();
  const active = new HsmsActiveConnection('127.0.0.1', passive.boundAddress?.port ?? 0, 0);

  active.established.subscribe(({ remote }) =>
    console.log(`active   Connection established to ${remote.address}`),
  );
  active.message.subscribe((packet) => console.log(`active   Packet received ${packet.toString()}`));
  active.beforeClosed.subscribe(() => console.log('active   Connection about to be closed'));
  active.closed.subscribe(({ reason }) =>
    console.log(`active   Connection closed: ${describeCloseReason(reason)}`),
  );

  const exchange = async (request: HsmsPacket): Promise<void> => {
    const { systemBytes, sType } = request.header;
    const answer = firstValueFrom(
      active.message.pipe(filter(({ header }) => header.systemBytes === systemBytes)),
    );
    await active.send(request);
    const { header } = await answer;
    console.log(`active   ${sTypeName(sType)} was answered by ${sTypeName(header.sType)}`);
  };

  const established = firstValueFrom(active.established);
  await active.enable();
  await established;
  await exchange(HsmsPacket.selectReq(1));
  await exchange(HsmsPacket.linktestReq(2));
  // S1F13 W <L>: establish communications
  const s1f13 = { sessionId: 0, stream: 1, function: 13, wBit: true, systemBytes: 3 };
  await exchange(HsmsPacket.data(s1f13, Buffer.from('0100', 'hex')));
  await active.send(HsmsPacket.separateReq(4));

  const passiveClosed = firstValueFrom(passive.closed);
  await active.dispose();
  await passiveClosed;
  await passive.dispose();
}

void main();
