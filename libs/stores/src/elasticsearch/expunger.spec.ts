import { ScratchIndices } from '../fixtures/scratch-indices.js';
import { describeWith } from '../fixtures/services.js';
import { bulk, type BulkOperation } from './bulk.js';
import { ensureIndex } from './ensure-index.js';
import { EXPUNGED_WHOLLY, Expunger } from './expunger.js';
import { indexName } from './index-names.js';

describeWith(['elasticsearch'], 'Expunger', () => {
  const scratch = new ScratchIndices();
  const { connection, prefix } = scratch;
  const warnings: string[] = [];
  const index = indexName(prefix, 'default', 'things');

  const openExpunger = (): Expunger => new Expunger(connection, (line) => warnings.push(line));
  const row = (action: 'create' | 'index', n: number): BulkOperation => ({
    action,
    index,
    id: `id-${n}`,
    document: { n },
  });
  const documents = async (): Promise<unknown> => {
    const { _all: all } = await connection.read((client) => client.indices.stats({ index, metric: 'docs' }));
    return { count: all.primaries?.docs?.count, deleted: all.primaries?.docs?.deleted };
  };

  beforeAll(async () => {
    await ensureIndex(connection, index, { version: 1, properties: {}, settings: EXPUNGED_WHOLLY });
  });
  afterAll(async () => await scratch.clear());

  it('leaves nothing of deleted and replaced documents, however few, and no trace of the deletion', async () => {
    const rows = Array.from({ length: 100 }, (_, n) => row('create', n));
    await bulk(connection, rows);
    await connection.write((client) => client.indices.flush({ index }));
    await bulk(connection, [{ action: 'delete', index, id: 'id-3' }, row('index', 4)]);
    await connection.refresh(index);
    expect(await documents()).toEqual({ count: 99, deleted: 3 });
    const expunger = openExpunger();
    expunger.soon(index);
    expunger.soon(`${index}-missing`);
    await expunger.settled();
    expect([await documents(), warnings]).toEqual([{ count: 99, deleted: 0 }, []]);
    await expunger.close();
    // As long as the expunger itself is patient, and a while: when a server merges is its own affair.
  }, 240_000);

  it('gives up at once when it is closed', async () => {
    const expunger = openExpunger();
    await bulk(connection, [{ action: 'delete', index, id: 'id-5' }]);
    expunger.soon(index);
    await expunger.close();
    expunger.soon(index);
    await expunger.settled();
    await connection.refresh(index);
    expect([await documents(), warnings]).toEqual([{ count: 98, deleted: 2 }, []]);
  });
});
