import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { textModelFolders } from './text-model-folders.js';

const folder = mkdtempSync(join(tmpdir(), 'attune-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('tells the bundled models with their languages', () => {
  const told = textModelFolders(undefined).map((one) => [basename(one.folder), ...one.languages]);
  expect(told).toEqual([
    ['all-MiniLM-L6-v2', 'en'],
    ['bge-small-zh-v1.5', 'zh'],
  ]);
});

it('tells folders of a configuration as it means them, and leaves plugins out', () => {
  const file = join(folder, 'attune.config.yaml');
  writeFileSync(
    file,
    'embedders:\n  - { id: text, use: mine }\n  - { id: text-de, model: ./models/german, languages: [de] }\nsurfaces: ./surfaces\n',
  );
  expect(textModelFolders(file)).toEqual([{ folder: join(folder, 'models', 'german'), languages: ['de'] }]);
});
