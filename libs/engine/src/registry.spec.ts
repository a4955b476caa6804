import { PLUGIN } from '@attune/sdk';
import { cheap, sum } from './fixtures/plain-plugins.js';
import { isPlugin, Registry } from './registry.js';

describe('Registry', () => {
  const origin = { module: '@shop/extras', isolated: true };

  it('knows plugins by kind and id', () => {
    const registry = new Registry();
    registry.register(cheap, origin);
    registry.register(cheap, origin);
    registry.register(sum, origin);
    expect(registry.get('scorer', 'cheap')).toEqual({ plugin: cheap, origin });
    expect(registry.get('ranker', 'cheap')).toBeUndefined();
    expect([registry.ids('scorer'), registry.kindsOf('cheap')]).toEqual([['cheap'], ['scorer']]);
  });

  it('refuses another contract major and an id that is taken, with the fix', () => {
    const registry = new Registry();
    expect(() => registry.register({ ...cheap, [PLUGIN]: { sdkMajor: 2 } }, origin)).toThrow(
      'scorer cheap (@shop/extras) was made for SDK 2, this server has 1: install a version made for @attune/sdk 1',
    );
    registry.register(cheap, origin);
    expect(() => registry.register({ ...cheap }, { module: './mine.js', isolated: false })).toThrow(
      'scorer cheap is registered twice (@shop/extras and ./mine.js): rename one',
    );
  });

  it('tells plugins from what else a module exports', () => {
    expect([cheap, {}, null, 'cheap', undefined].map(isPlugin)).toEqual([true, false, false, false, false]);
  });
});
