import { complianceOf, complianceStatement, defineEquipment, GemArgumentError } from '../../../src/gem';
import { ADDITIONAL, FUNDAMENTAL } from '../../../src/gem/document/capabilities';
import {
  standardConstants,
  standardDataVariables,
  standardEvents,
  standardVariables,
} from '../../../src/gem';
import { etcherDefinition, without } from '../support';

const bare = {
  model: 'BARE',
  softwareRevision: '1',
  trace: false,
  terminals: false,
  material: false,
} as const;

/** The etcher, but no command says by which of E30's events it completes: an event that is gone cannot be named. */
const withoutCompletion = { ...etcherDefinition, commands: { START: {}, STOP: {} } };

describe('the compliance statement (G-94)', () => {
  it('says that an equipment with everything is compliant', () => {
    const { isCompliant, fundamental, additional } = complianceOf(defineEquipment(etcherDefinition));
    expect(isCompliant).toBe(true);
    expect([...fundamental, ...additional].filter((row) => !row.isCompliant)).toEqual([]);
    expect([fundamental.length, additional.length]).toEqual([8, 15]);
  });

  it('names what is off, which does not stand in the way', () => {
    const { isCompliant, additional } = complianceOf(defineEquipment(bare));
    expect(isCompliant).toBe(true);
    expect(
      additional.filter((row) => !row.isImplemented).map(({ name, missing }) => [name, missing.join()]),
    ).toEqual([
      ['Trace data collection', 'off: remove trace: false to have it'],
      ['Alarm management', 'off: describe alarms to have it'],
      ['Remote control', 'off: describe commands, START and STOP among them to have it'],
      ['Process program management', 'off: give processPrograms: {} to have it'],
      ['Material movement', 'off: remove material: false to have it'],
      ['Equipment terminal services', 'off: remove terminals: false to have it'],
      ['Limits monitoring', 'off: give a variable limits: {} to have it'],
      ['Spooling', 'off: give spool: {} to have it'],
    ]);
  });

  it.each(
    [...FUNDAMENTAL, ...ADDITIONAL].flatMap(({ name, entries = [] }) =>
      entries.map((entry) => [name, entry]),
    ),
  )('%s is not compliant without %s', (name, entry) => {
    const model = defineEquipment({ ...withoutCompletion, ids: { [entry]: false } });
    const { isCompliant, fundamental, additional } = complianceOf(model);
    expect(isCompliant).toBe(false);
    const row = [...fundamental, ...additional].find((one) => one.name === name);
    expect(row).toMatchObject({ isImplemented: true, isCompliant: false });
    expect(row?.missing).toEqual([`${entry} is missing: remove ids.${entry}: false`]);
  });

  it('asks for each entry of E30 that a capability needs', () => {
    const asked = new Set([...FUNDAMENTAL, ...ADDITIONAL].flatMap(({ entries = [] }) => entries));
    const all = [standardVariables, standardDataVariables, standardConstants, standardEvents].flatMap(
      (group) =>
        Object.entries(group as Record<string, { needs?: string }>).filter(
          ([, { needs }]) => needs !== undefined,
        ),
    );
    // LimitsDelay is a vendor's constant, not E30's.
    expect(all.map(([name]) => name).filter((name) => !asked.has(name as never))).toEqual(['LimitsDelay']);
  });

  it('sees process programs that are of no kind, and states that nobody described', () => {
    const { additional, remarks } = complianceOf(
      defineEquipment({
        ...without(etcherDefinition, 'processPrograms'),
        processPrograms: { unformatted: false },
      }),
    );
    expect(additional.find(({ name }) => name === 'Process program management')?.isCompliant).toBe(false);
    expect(remarks).toEqual([expect.stringContaining("E30's example")]);
  });

  it('is a document of tables', () => {
    const text = complianceStatement(defineEquipment(bare));
    expect(text).toMatch(/^# BARE 1: GEM compliance statement\n\nThis equipment is GEM-compliant/);
    expect(text).toContain('| Spooling | no |  | S2F43, S6F23 | off: give spool: {} to have it |');
    expect(text).toContain('| Clock | yes | yes | S2F17, S2F31 |  |');
    const faulty = defineEquipment({ ...bare, ids: { Clock: false } });
    expect(complianceStatement(faulty)).toMatch(/is not GEM-compliant/);
    expect(complianceStatement(faulty, { format: 'html' })).toContain(
      '<td>yes</td><td>no</td><td>S2F17, S2F31</td><td>Clock is missing: remove ids.Clock: false</td>',
    );
  });

  it.each([
    [undefined, {}, 'model must be what defineEquipment gives, received undefined'],
    [bare, {}, 'model must be what defineEquipment gives, received an object'],
    [defineEquipment(bare), 7, 'options must be an object of options, received 7'],
    [
      defineEquipment(bare),
      { format: 'pdf' },
      `format must be 'markdown' or 'html', received the string "pdf"`,
    ],
  ])('refuses %p, %p', (model, options, message) => {
    expect(() => complianceStatement(model as never, options as never)).toThrow(
      new GemArgumentError(message),
    );
  });
});
