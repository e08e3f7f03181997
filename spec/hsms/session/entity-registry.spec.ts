import { EntityRegistry } from '../../../src/index.js';

describe('EntityRegistry (P-31)', () => {
  it('knows who has an entity, and lets only that one release it', () => {
    const registry = new EntityRegistry();
    const [one, other] = [{}, {}];
    const used = (): boolean[] => [one, other].map((owner) => registry.isUsedElsewhere(7, owner));
    expect(used()).toEqual([false, false]);
    registry.claim(7, one);
    expect(used()).toEqual([false, true]);
    expect(registry.isUsedElsewhere(8, other)).toBe(false);
    registry.release(7, other);
    expect(used()).toEqual([false, true]);
    registry.release(7, one);
    expect(used()).toEqual([false, false]);
  });
});
