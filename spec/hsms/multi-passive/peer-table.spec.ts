import { HsmsError } from '../../../src/errors.js';
import { PeerTable } from '../../../src/hsms/multi-passive/peer-table.js';

describe('PeerTable', () => {
  const names: Record<string, string[]> = { 'tool-a': ['10.0.0.1'], 'tool-b': ['10.0.0.2', 'fe80::2'] };
  const resolve = (name: string): Promise<string[]> => {
    const found = names[name];
    return found === undefined
      ? Promise.reject(new HsmsError('HSMS_NAME_NOT_RESOLVED', name))
      : Promise.resolve(found);
  };

  it('finds a literal address in any spelling (P-12)', () => {
    const table = new PeerTable<string>();
    table.add('10.0.0.9', 'nine');
    table.add('2001:db8::1', 'six');
    expect(table.find('::ffff:10.0.0.9')).toBe('nine');
    expect(table.find('2001:DB8:0::1')).toBe('six');
    expect(table.find('10.0.0.8')).toBeUndefined();
    expect(table.hasNames).toBe(false);
    expect(table.peers).toEqual(['nine', 'six']);
  });

  it('finds a host name by what it stands for now', async () => {
    const table = new PeerTable<string>();
    table.add('tool-a', 'a');
    table.add('tool-b', 'b');
    expect(table.hasNames).toBe(true);
    expect(await table.findByName('fe80::2%eth1', resolve)).toBe('b');
    expect(await table.findByName('::ffff:10.0.0.1', resolve)).toBe('a');
    expect(await table.findByName('10.0.0.3', resolve)).toBeUndefined();
  });

  it('tells of a name that has no address only when nobody was found', async () => {
    const table = new PeerTable<string>();
    table.add('gone', 'x');
    table.add('tool-a', 'a');
    expect(await table.findByName('10.0.0.1', resolve)).toBe('a');
    await expect(table.findByName('10.0.0.3', resolve)).rejects.toMatchObject({
      code: 'HSMS_NAME_NOT_RESOLVED',
    });
  });

  it('has one peer for an address', () => {
    const table = new PeerTable<string>();
    table.add('10.0.0.9', 'nine');
    table.add('Tool-A', 'a');
    expect(() => table.add('::ffff:10.0.0.9', 'again')).toThrow(
      'address ::ffff:10.0.0.9 is expected already',
    );
    expect(() => table.add('tool-a', 'again')).toThrow('is expected already');
    table.delete('10.0.0.9');
    table.delete('tool-A');
    expect(table.peers).toEqual([]);
  });
});
