import { defineEquipment, interfaceManual } from '../../../src/gem';
import { etcherDefinition } from '../support';

const etcher = defineEquipment(etcherDefinition);
const manual = interfaceManual(etcher);

/** The cells of the row of a table that begins with these. */
function row(...first: readonly string[]): string | undefined {
  return manual.split('\n').find((line) => line.startsWith(`| ${first.join(' | ')} |`));
}

describe('the interface manual (G-94)', () => {
  it('has every variable, constant, event and alarm by its id', () => {
    for (const { id, name } of [
      ...etcher.byVid.values(),
      ...etcher.byCeid.values(),
      ...etcher.byAlid.values(),
    ])
      expect({ name, row: row(String(id), `\`${name}\``) }).toEqual({
        name,
        row: expect.any(String) as string,
      });
  });

  it('says what each of them is', () => {
    expect(row('2001', '`ChamberPressure`')).toBe('| 2001 | `ChamberPressure` | F8 | Pa | 0 to 1000 |  |');
    expect(row('2002', '`SlotMap`')).toContain('| U1\\[n\\] |');
    expect(row('101', '`Temperature`')).toBe(
      '| 101 | `Temperature` | F4 | degC | 0 to 400 | 20 | Not changed while LOCAL and processing. |',
    );
    expect(row('102', '`Mode`')).toContain('| normal, test | normal |');
    expect(row('100', '`WaferStarted`')).toBe('| 100 | `WaferStarted` | `WaferId`, `Slot` |  |  |');
    expect(row('2', '`DoorOpen`')).toBe(
      '| 2 | `DoorOpen` | `Door open` | 1: personal safety | 501 | 502 |  |',
    );
    expect(row('`PURGE`', '`Seconds`')).toBe('| `PURGE` | `Seconds` | U2 | required | 1 to 600 |  |');
    expect(row('`LOAD`', 'refused')).toBe('| `LOAD` | refused |  |  |');
    expect(row('`ETCH`')).toBe('| `ETCH` | seconds (U2) |  |');
  });
});
