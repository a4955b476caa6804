import { lintTexts, type Finding } from './lint-text.js';
import { projectFolders } from './source-files.js';

const BOUNDARY = 'no-restricted-imports';

interface Case {
  readonly name: string;
  readonly file: string;
  /** A text that breaks the rule, and its twin that does the same lawfully. */
  readonly planted: string;
  readonly twin: string;
  readonly rule: string;
}

/** Every project has import rules: it is in the table of eslint.config.mjs. */
const listed = projectFolders().map((project) => ({
  name: `${project} imports a project that it may not use`,
  file: `${project}/src/index.ts`,
  planted: "import * as none from '@attune/none';\nexport const parts = [none];\n",
  twin: "import * as path from 'node:path';\nexport const parts = [path];\n",
  rule: BOUNDARY,
}));

const cases: readonly Case[] = [
  ...listed,
  {
    name: 'sdk imports engine',
    file: 'libs/sdk/src/index.ts',
    planted: "import * as engine from '@attune/engine';\nexport const parts = [engine];\n",
    twin: 'export const parts = [1];\n',
    rule: BOUNDARY,
  },
  {
    name: 'text imports algorithms (no cycle, only a missing permission)',
    file: 'libs/text/src/index.ts',
    planted: "import * as algorithms from '@attune/algorithms';\nexport const parts = [algorithms];\n",
    twin: "import * as path from 'node:path';\nexport const parts = [path];\n",
    rule: BOUNDARY,
  },
  {
    name: 'algorithms imports sdk',
    file: 'libs/algorithms/src/index.ts',
    planted: "import * as sdk from '@attune/sdk';\nexport const parts = [sdk];\n",
    twin: "import * as numeric from '@attune/numeric';\nexport const parts = [numeric];\n",
    rule: BOUNDARY,
  },
  {
    name: 'a source of plugins imports the testkit',
    file: 'libs/plugins/src/index.ts',
    planted: "import * as testkit from '@attune/testkit';\nexport const parts = [testkit];\n",
    twin: "import * as sdk from '@attune/sdk';\nexport const parts = [sdk];\n",
    rule: BOUNDARY,
  },
  {
    name: 'engine imports Nest',
    file: 'libs/engine/src/index.ts',
    planted: "import * as nest from '@nestjs/common';\nexport const parts = [nest];\n",
    twin: "import * as sdk from '@attune/sdk';\nexport const parts = [sdk];\n",
    rule: BOUNDARY,
  },
  {
    name: 'engine imports Nest when it runs',
    file: 'libs/engine/src/index.ts',
    planted: "export const nest = () => import('@nestjs/common');\n",
    twin: "export const sdk = () => import('@attune/sdk');\n",
    rule: 'no-restricted-syntax',
  },
  {
    name: 'a spec of the sdk imports the testkit',
    file: 'libs/sdk/src/plugin/define.types.spec.ts',
    planted: "import * as testkit from '@attune/testkit';\nexport const parts = [testkit];\n",
    twin: "import * as property from 'fast-check';\nexport const parts = [property];\n",
    rule: BOUNDARY,
  },
  {
    name: 'stores imports ONNX Runtime',
    file: 'libs/stores/src/index.ts',
    planted: "import * as onnx from 'onnxruntime-node';\nexport const parts = [onnx];\n",
    twin: "import * as zod from 'zod';\nexport const parts = [zod];\n",
    rule: BOUNDARY,
  },
  {
    name: 'an adapter of Redis imports the client of Elasticsearch',
    file: 'libs/stores/src/redis/hot-store.ts',
    planted: "import * as client from '@elastic/elasticsearch';\nexport const parts = [client];\n",
    twin: "import * as client from 'ioredis';\nexport const parts = [client];\n",
    rule: BOUNDARY,
  },
  {
    name: 'an embedded adapter imports the queue',
    file: 'libs/stores/src/embedded/lru.cache.ts',
    planted: "import * as queue from 'bullmq';\nexport const parts = [queue];\n",
    twin: "import * as zod from 'zod';\nexport const parts = [zod];\n",
    rule: BOUNDARY,
  },
  {
    name: 'server imports the client of Redis',
    file: 'libs/server/src/index.ts',
    planted: "import * as client from 'ioredis';\nexport const parts = [client];\n",
    twin: "import * as zod from 'zod';\nexport const parts = [zod];\n",
    rule: BOUNDARY,
  },
  {
    name: 'a deep import',
    file: 'libs/plugins/src/index.ts',
    planted: "import * as deep from '@attune/sdk/dist/index.js';\nexport const parts = [deep];\n",
    twin: "import * as sdk from '@attune/sdk';\nexport const parts = [sdk];\n",
    rule: BOUNDARY,
  },
  {
    name: 'plugins reads the clock',
    file: 'libs/plugins/src/index.ts',
    planted: 'export const now = () => Date.now();\n',
    twin: 'export const now = (clock: () => number) => clock();\n',
    rule: 'no-restricted-properties',
  },
  {
    name: 'numeric takes the date of today',
    file: 'libs/numeric/src/index.ts',
    planted: 'export const today = () => new Date();\n',
    twin: 'export const today = (time: number) => new Date(time);\n',
    rule: 'no-restricted-syntax',
  },
  {
    name: 'algorithms throws dice',
    file: 'libs/algorithms/src/index.ts',
    planted: 'export const dice = () => Math.random();\n',
    twin: 'export const dice = (random: () => number) => random();\n',
    rule: 'no-restricted-properties',
  },
  {
    name: 'a promise is left alone',
    file: 'libs/server/src/index.ts',
    planted: 'export const f = (p: Promise<void>) => {\n  p.then(() => 1);\n};\n',
    twin: 'export const f = async (p: Promise<void>) => {\n  await p;\n};\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    name: 'index.ts exports everything',
    file: 'libs/demo/src/index.ts',
    planted: "export * from 'node:path';\n",
    twin: "export { join } from 'node:path';\n",
    rule: 'no-restricted-syntax',
  },
];

describe('lint', () => {
  let findings: Finding[][];
  beforeAll(() => {
    findings = lintTexts(cases.flatMap(({ file, planted, twin }) => [planted, twin].map((text) => ({ file, text }))));
  });

  it.each(cases.map((one, index) => ({ ...one, index })))('reports that $name', ({ index, rule }) => {
    expect(findings[index * 2]?.map((finding) => finding.rule)).toEqual([rule]);
  });

  it.each(cases.map((one, index) => ({ ...one, index })))('passes the lawful twin of: $name', ({ index }) => {
    expect(findings[index * 2 + 1]).toEqual([]);
  });
});
