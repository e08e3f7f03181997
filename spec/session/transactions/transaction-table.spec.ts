import fc from 'fast-check';
import { Transaction } from '../../../src/session/transactions/transaction.js';
import { TransactionTable } from '../../../src/session/transactions/transaction-table.js';
import { HsmsHeader } from '../../../src/hsms/wire/header.js';

class Plain extends Transaction {
  answered(): void {}
  failed(): void {}
  expired(): Error {
    return new Error('T3');
  }
}

const open = (systemBytes: number): Transaction =>
  new Plain(HsmsHeader.of({ sessionId: 1, systemBytes, stream: 1, function: 1, wBit: true }));

// Few values, far apart ones among them, so that chains are long and system bytes come back.
const systemBytes = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 40 }).map((n) => n * 0x0400_0000),
);

describe('TransactionTable', () => {
  it('holds what a Map would, whatever is added and taken out', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), systemBytes), { maxLength: 300 }), (steps) => {
        const table = new TransactionTable();
        const model = new Map<number, Transaction>();
        for (const [adding, value] of steps) {
          const held = model.get(value);
          if (held !== undefined) {
            expect(table.delete(held)).toBe(true);
            expect(table.delete(held)).toBe(false);
            model.delete(value);
          } else if (adding) {
            const transaction = open(value);
            table.add(transaction);
            model.set(value, transaction);
          }
          expect(table.get(value)).toBe(model.get(value));
          expect(table.size).toBe(model.size);
        }
        expect(table.all()).toEqual([...model.values()].sort(byNumber));
        for (const [value, transaction] of model) expect(table.get(value)).toBe(transaction);
      }),
    );
  });

  it('holds many, across the wrap of the system bytes', () => {
    const table = new TransactionTable();
    const numbers = Array.from({ length: 600 }, (_, i) => (0xffff_ff00 + i) % 0x1_0000_0000);
    const transactions = numbers.map(open);
    for (const transaction of transactions) table.add(transaction);
    expect(numbers.map((number) => table.get(number))).toEqual(transactions);
    expect(table.all()).toEqual([...transactions].sort(byNumber));
    for (const transaction of transactions) expect(table.delete(transaction)).toBe(true);
    expect([table.size, table.all(), table.get(0)]).toEqual([0, [], undefined]);
  });

  it('does not take out another transaction with the same system bytes', () => {
    const table = new TransactionTable();
    table.add(open(7));
    expect(table.delete(open(7))).toBe(false);
    expect(table.size).toBe(1);
  });
});

function byNumber(a: Transaction, b: Transaction): number {
  return a.header.systemBytes - b.header.systemBytes;
}
