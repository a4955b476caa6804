import { EVERY_SCOPE } from './api-keys.schema.js';
import { readEnvironment } from './environment.schema.js';

const KEY = 'k'.repeat(16);
const refusal = (variables: Record<string, string>): string[] => {
  try {
    readEnvironment(variables);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
};

describe('readEnvironment', () => {
  it('has a default for everything, and takes an empty variable for an unset one', () => {
    const expected = {
      PORT: 3000,
      HOST: '127.0.0.1',
      ATTUNE_DATA_DIR: '.attune',
      ATTUNE_DEMO: 'on',
      ATTUNE_API_KEYS: new Map(),
      ATTUNE_METRICS_OPEN: 'off',
      ATTUNE_STORE_PREFIX: 'attune',
      ATTUNE_ROLE: 'all',
    };
    expect(readEnvironment({ PATH: '/bin' })).toEqual(expected);
    expect(readEnvironment({ PORT: '', HOST: ' ', ATTUNE_CONFIG: '', ATTUNE_DEMO: '', ATTUNE_API_KEYS: '' })).toEqual(
      expected,
    );
  });

  it('reads keys and their tenants', () => {
    const { ATTUNE_API_KEYS } = readEnvironment({ ATTUNE_API_KEYS: ` ${KEY} , ${KEY}2=north,`, HOST: '0.0.0.0' });
    expect([...ATTUNE_API_KEYS]).toEqual([
      [KEY, { tenant: 'default', scopes: EVERY_SCOPE }],
      [`${KEY}2`, { tenant: 'north', scopes: EVERY_SCOPE }],
    ]);
  });

  it('reads the scopes of a key', () => {
    const { ATTUNE_API_KEYS } = readEnvironment({
      ATTUNE_API_KEYS: `${KEY}=north:ingest+recommend,${KEY}2=south:admin`,
    });
    expect(ATTUNE_API_KEYS.get(KEY)).toEqual({ tenant: 'north', scopes: new Set(['ingest', 'recommend']) });
    expect(ATTUNE_API_KEYS.get(`${KEY}2`)).toEqual({ tenant: 'south', scopes: new Set(['admin']) });
    for (const grant of ['north:', 'north:sing', 'north:ingest:admin', ':ingest']) {
      expect(refusal({ ATTUNE_API_KEYS: `${KEY}=${grant}` })).toHaveLength(1);
    }
  });

  it('takes the address of a collector, and nothing else for one', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://localhost:4318';
    expect(readEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT })).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT });
    for (const wrong of ['localhost', 'file:///etc', 'on']) {
      expect(refusal({ OTEL_EXPORTER_OTLP_ENDPOINT: wrong })).toEqual([expect.stringContaining('a collector')]);
    }
  });

  describe('where data are kept', () => {
    const ELASTICSEARCH_URL = 'https://elastic:secret@search.example:9200';
    const REDIS_URL = 'rediss://default:secret@[::1]:6380/3';
    const services = { ELASTICSEARCH_URL, REDIS_URL };

    it('takes both services together, or neither', () => {
      const all = {
        ...services,
        ELASTICSEARCH_API_KEY: 'secret',
        ATTUNE_STORE_PREFIX: 'shop_2',
        ATTUNE_ROLE: 'gateway',
      };
      expect(readEnvironment(all)).toMatchObject(all);
      const both = [expect.stringMatching(/^REDIS_URL: .*set both, or neither/)];
      expect(refusal({ ELASTICSEARCH_URL })).toEqual(both);
      expect(refusal({ REDIS_URL })).toEqual(both);
      expect(refusal({ REDIS_URL, ELASTICSEARCH_URL: ' ' })).toEqual(both);
      expect(refusal({ ELASTICSEARCH_API_KEY: 'secret' })).toEqual([
        'ELASTICSEARCH_API_KEY: goes with ELASTICSEARCH_URL',
      ]);
    });

    it.each([
      ['ELASTICSEARCH_URL', 'search.example:9200'],
      ['ELASTICSEARCH_URL', 'redis://:secret@h'],
      ['ELASTICSEARCH_URL', 'http://elastic:secret@'],
      ['REDIS_URL', 'secret'],
      ['REDIS_URL', 'redis:secret'],
      ['REDIS_URL', 'redis:///0'],
      ['REDIS_URL', 'https://elastic:secret@h'],
    ])('refuses %s=%s with an example, and without what it was', (variable, wrong) => {
      const lines = refusal({ ...services, [variable]: wrong });
      expect(lines).toEqual([expect.stringMatching(new RegExp(`^${variable}: must be an address, for example .*://`))]);
      expect(lines.join()).not.toContain('secret');
    });

    it('leaves jobs to workers only where workers can find them', () => {
      expect(refusal({ ATTUNE_ROLE: 'gateway' })).toEqual([expect.stringMatching(/^ATTUNE_ROLE: .*REDIS_URL/)]);
      expect(refusal({ ...services, ATTUNE_ROLE: 'worker' })).toEqual([expect.stringMatching(/^ATTUNE_ROLE: .*"all"/)]);
      expect(refusal({ ATTUNE_ROLE: 'all' })).toEqual([]);
    });

    it.each(['Shop', 'a-b', '-a', '_a', 'a'.repeat(32), 'a*', 'a:b', 'ä'])(
      'refuses the prefix %s, which names cannot have or could share',
      (ATTUNE_STORE_PREFIX) => {
        expect(refusal({ ...services, ATTUNE_STORE_PREFIX })).toEqual([
          'ATTUNE_STORE_PREFIX: must be 1–31 lower-case letters, digits and underscores',
        ]);
      },
    );
  });

  it.each(['0.0.0.0', '::', '192.168.1.7', 'shop.example'])('refuses to listen on %s without keys', (HOST) => {
    expect(refusal({ HOST })).toEqual([expect.stringMatching(/^HOST: .*set ATTUNE_API_KEYS=<key>, or HOST=127/)]);
    expect(refusal({ HOST, ATTUNE_API_KEYS: KEY })).toEqual([]);
  });

  it.each(['127.0.0.1', 'localhost', '::1'])('listens on %s without keys', (HOST) => {
    expect(refusal({ HOST })).toEqual([]);
  });

  it('says in one line a variable what is wrong, and no key aloud', () => {
    const lines = refusal({ PORT: 'http', ATTUNE_DEMO: 'yes', ATTUNE_API_KEYS: 'short,short=UP,tiny,tenant=Secret' });
    expect(lines).toContain('PORT: must be a number from 0 to 65535; 0 takes a free port');
    expect(lines.filter((line) => line.includes('16 characters'))).toHaveLength(1);
    expect(lines.join()).toContain('ATTUNE_DEMO: ');
    expect(lines.join()).toContain('a tenant must be lower case');
    expect(lines.join()).not.toMatch(/short|tiny|Secret/);
    for (const PORT of ['-1', '65536', '80.5']) expect(refusal({ PORT })).toHaveLength(1);
  });

  it('refuses a key that could be read in two ways, or that is listed twice', () => {
    expect(refusal({ ATTUNE_API_KEYS: `${KEY}==` }).join()).toContain("a key may hold no '='");
    expect(refusal({ ATTUNE_API_KEYS: `${KEY}=a,${KEY}=b` }).join()).toContain('listed twice');
  });
});
