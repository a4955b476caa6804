import { tenantOfKey } from './tenant-of-key.js';

describe('tenantOfKey', () => {
  const keys = new Map([
    ['north-key-0123456', 'north'],
    ['south-key-0123456', 'south'],
  ]);

  it('gives each key its tenant, and nobody else one', () => {
    expect(tenantOfKey(keys, 'north-key-0123456')).toBe('north');
    expect(tenantOfKey(keys, 'south-key-0123456')).toBe('south');
    for (const wrong of ['', 'north', 'north-key-0123457', 'north-key-01234567', 'NORTH-KEY-0123456', undefined]) {
      expect(tenantOfKey(keys, wrong)).toBeUndefined();
    }
  });

  it('takes everybody for default where there are no keys', () => {
    expect([tenantOfKey(new Map(), undefined), tenantOfKey(new Map(), 'anything')]).toEqual(['default', 'default']);
  });
});
