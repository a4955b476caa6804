import nx from '@nx/eslint-plugin';
import { createProjectGraphAsync } from '@nx/devkit';
import tseslint from 'typescript-eslint';

// The boundary rule reads Nx's cached project graph and skips itself when there is none. Nx computes the graph before
// it runs a task; a bare `npx eslint src` does not, so it is brought up to date here.
if (!process.env['NX_TASK_TARGET_PROJECT']) {
  process.env['NX_DAEMON'] = 'false';
  await createProjectGraphAsync({ exitOnError: false });
}

/** What each project may use of ours, and (where listed) the only npm packages it may use. */
const projects = {
  sdk: { uses: [], packages: ['zod'] },
  numeric: { uses: [], packages: ['zod'] },
  text: { uses: [], packages: ['zod', '@orama/stemmers', '@orama/stemmers/*'] },
  algorithms: { uses: ['numeric'], packages: ['zod'] },
  plugins: { uses: ['sdk', 'algorithms', 'numeric'], packages: ['zod'] },
  engine: { uses: ['sdk'], packages: ['zod'] },
  testkit: { uses: ['sdk', 'engine'], packages: ['zod', 'fast-check'] },
  stores: { uses: ['sdk', 'numeric', 'text'] },
  inference: { uses: ['sdk', 'numeric', 'text'] },
  demo: { uses: ['sdk'] },
  evaluation: { uses: ['sdk', 'algorithms'] },
  server: {
    uses: ['sdk', 'numeric', 'text', 'algorithms', 'plugins', 'engine', 'stores', 'inference', 'demo', 'evaluation'],
  },
  gateway: { uses: ['server'], kind: 'app' },
  worker: { uses: ['server'], kind: 'app' },
  cli: { uses: ['server', 'sdk'], kind: 'app' },
};

/** Packages that only some projects may use, whatever else they may use. */
const reserved = [
  { packages: ['@nestjs/*', 'nestjs-*'], for: ['server', 'gateway'] },
  { packages: ['onnxruntime-node', '@huggingface/*'], for: ['inference'] },
  { packages: ['@elastic/*', 'ioredis', 'bullmq'], for: ['stores'] },
];

const tagOf = (name) => `${projects[name]?.kind ?? 'lib'}:${name}`;

/** The rule's constraints; specs may also use the testkit, property tests and whatever a source of theirs may. */
function constraints(forSpecs) {
  return Object.entries(projects).map(([name, { uses, packages }]) => ({
    sourceTag: tagOf(name),
    // sdk and engine are what the testkit is made of: its use in their specs would be a cycle.
    onlyDependOnLibsWithTags: [...uses, ...(forSpecs && !['sdk', 'engine'].includes(name) ? ['testkit'] : [])].map(
      tagOf,
    ),
    bannedExternalImports: reserved.filter((r) => !r.for.includes(name)).flatMap((r) => r.packages),
    ...(packages && !forSpecs ? { allowedExternalImports: packages } : {}),
  }));
}

const boundaries = (forSpecs) => ['error', { allow: [], depConstraints: constraints(forSpecs) }];

const imports = [
  {
    regex: '^@attune/[^/]+/(?!package\\.json$|distributed$)',
    message: 'Import the package by its name: only what its index.ts lists is public.',
  },
  { regex: '^\\.{1,2}/(?!.*\\.(c?js|json)$)', message: 'Relative imports end in .js.' },
  { regex: '^\\.{1,2}$', message: 'Relative imports name a file.' },
];

/** Clients of services: each only in the folder of its adapters. */
const clients = {
  elasticsearch: { group: ['@elastic/*'], message: 'Only stores/elasticsearch talks to Elasticsearch.' },
  redis: { group: ['ioredis'], message: 'Only stores/redis and stores/bullmq talk to Redis.' },
  bullmq: { group: ['bullmq'], message: 'Only stores/bullmq talks to BullMQ.' },
};

/** Imports in a folder of the stores that may use these clients and no other. */
const storesWith = (folder, ...allowed) => ({
  files: [`libs/stores/src/${folder}/**/*.ts`],
  ignores: specs,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...imports,
          ...Object.keys(clients).flatMap((name) => (allowed.includes(name) ? [] : [clients[name]])),
        ],
      },
    ],
  },
});

/** Time and chance are arguments, so that every result can be repeated. */
const ambientImports = [
  { name: 'node:process', message: 'Settings and time are arguments here.' },
  { name: 'node:perf_hooks', message: 'Take a clock as an argument.' },
  {
    name: 'node:crypto',
    importNames: ['randomBytes', 'randomInt', 'randomUUID', 'webcrypto'],
    message: 'Take chance as an argument.',
  },
];

const ioImports = ['fs', 'fs/promises', 'net', 'tls', 'http', 'https', 'child_process'].map((name) => ({
  name: `node:${name}`,
  message: 'This project does no input or output: take a port as an argument.',
}));

const chance = [
  { object: 'Math', property: 'random', message: 'Take chance as an argument.' },
  { object: 'crypto', property: 'randomUUID', message: 'Take identifiers as an argument.' },
];

const ambient = [
  ...chance,
  { object: 'Date', property: 'now', message: 'Take a clock as an argument.' },
  { object: 'performance', property: 'now', message: 'Take a clock as an argument.' },
  { object: 'process', property: 'env', message: 'Take settings as an argument.' },
  { object: 'process', property: 'hrtime', message: 'Take a clock as an argument.' },
];

const shapes = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportAllDeclaration', message: 'List the names: what is public is a decision.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
];

const ambientShapes = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take a clock as an argument.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Take a clock as an argument.' },
];

const sources = (...names) => names.map((name) => `libs/${name}/src/**/*.ts`);
const specs = ['**/*.spec.ts', '**/*.e2e-spec.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/test-results/**',
      '.nx/**',
      'libs/numeric/kernels/**',
      '**/*.{mjs,cjs,js}',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    plugins: { '@nx': nx },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(false),
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-imports': ['error', { patterns: imports }],
      'no-restricted-syntax': ['error', ...shapes],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-control-regex': 'error',
      'no-constant-condition': 'error',
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: sources('sdk', 'engine', 'plugins', 'algorithms', 'numeric'),
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', ...ambient],
      'no-restricted-syntax': ['error', ...shapes, ...ambientShapes],
      'no-restricted-imports': ['error', { patterns: imports, paths: ambientImports }],
    },
  },
  {
    files: sources('sdk', 'plugins', 'algorithms'),
    rules: { 'no-restricted-imports': ['error', { patterns: imports, paths: [...ambientImports, ...ioImports] }] },
  },
  {
    // Specs may read clocks and files; chance stays seeded, and what they parse may be loosely typed.
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(true),
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      'max-lines-per-function': 'off',
      'no-console': 'off',
      'no-restricted-imports': ['error', { patterns: imports }],
      'no-restricted-properties': ['error', ...chance],
      'no-restricted-syntax': ['error', ...shapes],
    },
  },
  storesWith('*'),
  storesWith('elasticsearch', 'elasticsearch'),
  storesWith('redis', 'redis'),
  storesWith('bullmq', 'redis', 'bullmq'),
);
