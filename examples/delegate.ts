/**
 * The documented sample: a delegate object, an active connection, enable, some seconds, disable. Without arguments
 * it brings a passive peer of its own.
 *
 *     npx ts-node examples/delegate.ts [ADDRESS PORT]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { HsmsActiveConnection, HsmsPacket, HsmsPassiveConnection, type HsmsConnection } from 'rxsecs';

const SECONDS_UP = 1;

const delegate = {
  on_connection_established(connection: HsmsConnection): void {
    console.log('Connection established');
    void connection.send(HsmsPacket.linktestReq(1));
  },
  on_connection_message_received(_connection: HsmsConnection, packet: HsmsPacket): void {
    console.log(`Packet received ${packet.toString()}`);
  },
  on_connection_before_closed(connection: HsmsConnection): void {
    console.log('Connection about to be closed');
    void connection.send(HsmsPacket.separateReq(2));
  },
  on_connection_closed(): void {
    console.log('Connection closed');
  },
};

/** A peer that rejects whatever it is sent. */
async function startPeer(): Promise<HsmsPassiveConnection> {
  const peer = new HsmsPassiveConnection('127.0.0.1', 0, 0);
  peer.message.subscribe(({ header }) => void peer.send(HsmsPacket.rejectReq(header, 4)));
  await peer.enable();
  return peer;
}

async function main(): Promise<void> {
  const [address = '127.0.0.1', port] = process.argv.slice(2);
  const peer = port === undefined ? await startPeer() : undefined;
  const client = new HsmsActiveConnection(address, Number(port ?? peer?.boundAddress?.port), 0, delegate);
  void client.enable();
  await sleep(SECONDS_UP * 1000);
  await client.disable();
  await peer?.dispose();
}

void main();
