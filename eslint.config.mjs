import tseslint from 'typescript-eslint';

/** What each project may use of ours (`inSpecs`: its specs too), and (where listed) the only npm packages it may use. */
const projects = {
  sdk: { uses: [], packages: ['zod'] },
  numeric: { uses: [], packages: ['zod'] },
  text: { uses: [], packages: ['zod', '@orama/stemmers', '@orama/stemmers/*'] },
  language: { uses: ['sdk', 'text'], packages: ['zod'] },
  training: { uses: [], packages: ['zod'] },
  algorithms: { uses: ['numeric', 'training'], packages: ['zod'] },
  plugins: { uses: ['sdk', 'algorithms', 'numeric', 'language'], inSpecs: ['training'], packages: ['zod'] },
  engine: { uses: ['sdk'], packages: ['zod'] },
  testkit: { uses: ['sdk', 'engine'], packages: ['zod', 'fast-check'] },
  stores: { uses: ['sdk', 'numeric', 'text'] },
  inference: { uses: ['sdk', 'numeric', 'text', 'language', 'training'] },
  demo: { uses: ['sdk'] },
  evaluation: { uses: ['sdk', 'numeric', 'text', 'algorithms', 'training', 'inference'] },
  server: {
    uses: [
      'sdk',
      'numeric',
      'text',
      'language',
      'algorithms',
      'plugins',
      'engine',
      'stores',
      'inference',
      'demo',
      'evaluation',
    ],
  },
  gateway: { uses: ['server'], kind: 'app' },
  worker: { uses: ['server'], kind: 'app' },
  cli: { uses: ['server', 'sdk', 'evaluation'], kind: 'app' },
};

/** Packages that only some projects may use, whatever else they may use. */
const reserved = [
  { packages: ['@nestjs/*', 'nestjs-*'], for: ['server', 'gateway'] },
  { packages: ['onnxruntime-node', '@huggingface/*'], for: ['inference'] },
  { packages: ['@elastic/*', 'ioredis', 'bullmq'], for: ['stores'] },
];

const listed = (names) => names.map((name) => name.replaceAll('*', '.*')).join('|');

/** What a project may import of ours and of others; its specs also use the testkit and whatever is installed. */
function dependencies(name, forSpecs) {
  const { uses, inSpecs = [], packages } = projects[name];
  // sdk and engine are what the testkit is made of: its use in their specs would be a cycle.
  const ours = [
    ...uses,
    ...(forSpecs ? inSpecs : []),
    ...(forSpecs && !['sdk', 'engine'].includes(name) ? ['testkit'] : []),
  ];
  const others = reserved.filter((one) => !one.for.includes(name)).flatMap((one) => one.packages);
  return [
    {
      regex: `^@attune/(?!(${listed(ours)})(/|$))`,
      message: `${name} may use ${ours.join(', ') || 'no other project'} (eslint.config.mjs).`,
    },
    packages && !forSpecs
      ? {
          regex: `^(?!\\.|node:|@attune/|(${listed(packages)})$)`,
          message: `Of other packages, ${name} may use ${packages.join(', ')} (eslint.config.mjs).`,
        }
      : {
          regex: `^(${listed(others)})$`,
          message: `Only a project named for it in eslint.config.mjs may use this, not ${name}.`,
        },
  ];
}

const imports = [
  {
    regex: '^@attune/[^/]+/(?!package\\.json$|distributed$|understanding$)',
    message: 'Import the package by its name: only what its index.ts lists is public.',
  },
  { regex: '^\\.{1,2}/(?!.*\\.(c?js|json)$)', message: 'Relative imports end in .js.' },
  { regex: '^\\.{1,2}$', message: 'Relative imports name a file.' },
];

/** Clients of services: each only in the folder of its adapters. */
const clients = {
  elasticsearch: { regex: '^@elastic/', message: 'Only stores/elasticsearch talks to Elasticsearch.' },
  redis: { regex: '^ioredis$', message: 'Only stores/redis and stores/bullmq talk to Redis.' },
  bullmq: { regex: '^bullmq$', message: 'Only stores/bullmq talks to BullMQ.' },
};

/** Clients that a folder of the stores may not use. */
const clientsBut = (...allowed) =>
  Object.keys(clients).flatMap((name) => (allowed.includes(name) ? [] : [clients[name]]));

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

const specs = ['**/*.spec.ts', '**/*.e2e-spec.ts'];

/** Projects whose results depend on their arguments alone, and those of them that do no input or output either. */
const PURE = ['sdk', 'engine', 'plugins', 'algorithms', 'training', 'numeric', 'language'];
const WITHOUT_IO = ['sdk', 'plugins', 'algorithms', 'training', 'language'];

/** Rules that differ by project: what a file may import, and which time and chance it may read. */
function projectRules(name, { forSpecs = false, more = [] } = {}) {
  const pure = PURE.includes(name) && !forSpecs;
  const patterns = [...imports, ...dependencies(name, forSpecs), ...more];
  const paths = [...(pure ? ambientImports : []), ...(WITHOUT_IO.includes(name) && !forSpecs ? ioImports : [])];
  const dynamic = patterns.map(({ regex, message }) => ({
    selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\u002f')}/]`,
    message,
  }));
  return {
    'no-restricted-imports': ['error', { patterns, paths }],
    'no-restricted-syntax': ['error', ...shapes, ...dynamic, ...(pure ? ambientShapes : [])],
    ...(pure ? { 'no-console': 'error', 'no-restricted-properties': ['error', ...ambient] } : {}),
  };
}

const folderOf = (name) => `${projects[name].kind ?? 'lib'}s/${name}`;
const storesWith = (folder, ...allowed) => ({
  files: [`libs/stores/src/${folder}/**/*.ts`],
  rules: projectRules('stores', { more: clientsBut(...allowed) }),
});

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
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    // One program for all: a program for each of the projects reads the same files again and again.
    languageOptions: { parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
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
  ...Object.keys(projects).map((name) => ({ files: [`${folderOf(name)}/**/*.ts`], rules: projectRules(name) })),
  storesWith('*'),
  storesWith('elasticsearch', 'elasticsearch'),
  storesWith('redis', 'redis'),
  storesWith('bullmq', 'redis', 'bullmq'),
  {
    // Specs may read clocks and files; chance stays seeded, and what they parse may be loosely typed.
    files: specs,
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      'max-lines-per-function': 'off',
      'no-console': 'off',
      'no-restricted-properties': ['error', ...chance],
    },
  },
  ...Object.keys(projects).map((name) => ({
    files: specs.map((spec) => `${folderOf(name)}/${spec}`),
    rules: projectRules(name, { forSpecs: true }),
  })),
);
