import { mergeProfiles, type ToolProfile } from '../../../src/gem';

describe('a profile that was read, and what no message tells', () => {
  const known: ToolProfile = {
    model: 'ETCHER',
    softwareRevision: '1.0',
    variables: {
      Pressure: { id: 1, format: 'F4', units: 'mbar', description: 'of the chamber' },
      Gone: { id: 2 },
    },
    events: { Done: { id: 100, description: 'a wafer' } },
    commands: { START: { parameters: { Wafers: { format: 'U1' } }, completion: 'Done' } },
    roles: { ControlState: 'CTRL' },
    idFormats: { VID: 'U2' },
    quirks: { rcmd: 'upper' },
  };
  const read: ToolProfile = {
    model: 'ETCHER',
    softwareRevision: '2.0',
    variables: { Pressure: { id: 11, units: 'Pa' }, New: { id: 3 } },
    events: { Done: { id: 101 } },
    quirks: { idLists: { S5F5: 'list' } },
  };

  it('has what was read where both say something, and the rest of the other', () => {
    expect(mergeProfiles(read, known)).toEqual({
      model: 'ETCHER',
      softwareRevision: '2.0',
      variables: {
        Pressure: { id: 11, format: 'F4', units: 'Pa', description: 'of the chamber' },
        New: { id: 3 },
      },
      events: { Done: { id: 101, description: 'a wafer' } },
      commands: known.commands,
      roles: known.roles,
      idFormats: { VID: 'U2' },
      quirks: { idLists: { S5F5: 'list' }, rcmd: 'upper' },
    });
    expect(mergeProfiles(read, {})).toEqual(read);
    expect(mergeProfiles({}, known)).toEqual(known);
    // A tool that does not serve S1F23 tells of no events.
    expect(mergeProfiles({ events: {} }, known).events).toEqual(known.events);
  });

  it.each([
    [{ evnts: {} }, {}, 'profile.evnts is not known'],
    [{}, null, 'known must be a profile, received null'],
  ])('refuses what is no profile', (one, other, text) => {
    expect(() => mergeProfiles(one as ToolProfile, other as unknown as ToolProfile)).toThrow(text);
  });
});
