import { EVERY_SCOPE, type KeyScope } from '../config/api-keys.schema.js';
import { KeyRing } from './key-ring.js';

const ring = new KeyRing(
  new Map([
    ['north-key-0123456', { tenant: 'north', scopes: new Set<KeyScope>(['ingest']) }],
    ['south-key-0123456', { tenant: 'south', scopes: EVERY_SCOPE }],
  ]),
);

it('gives each key its tenant and scopes, and nobody else anything', () => {
  expect(ring.grantOf('north-key-0123456')).toMatchObject({ tenant: 'north', scopes: new Set(['ingest']) });
  expect(ring.grantOf('south-key-0123456')).toMatchObject({ tenant: 'south', scopes: EVERY_SCOPE });
  for (const wrong of ['', 'north', 'north-key-0123457', 'north-key-01234567', 'NORTH-KEY-0123456', undefined]) {
    expect(ring.grantOf(wrong)).toBeUndefined();
  }
});

it('takes everybody for default where there are no keys', () => {
  const open = new KeyRing(new Map());
  for (const key of [undefined, 'anything']) {
    expect(open.grantOf(key)).toEqual({ tenant: 'default', scopes: EVERY_SCOPE });
  }
});
