const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

/** One jest configuration for every project: swc (keeps decorator metadata), workspace packages read from source. */
module.exports = (root) => {
  // jest does not make the folder of its --outputFile.
  mkdirSync(join(root, 'test-results'), { recursive: true });
  return {
    rootDir: root,
    testEnvironment: 'node',
    // A guard against what hangs, not a measure: a busy machine may stand still for seconds, and again and again.
    testTimeout: 600_000,
    setupFilesAfterEnv: [join(__dirname, 'tools/workspace/once-more.cjs')],
    testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/src/**/*.e2e-spec.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    testEnvironmentOptions: { customExportConditions: ['@attune/source', 'node', 'node-addons', 'require', 'default'] },
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
            target: 'es2022',
            keepClassNames: true,
          },
          module: { type: 'commonjs', ignoreDynamic: true },
        },
      ],
    },
  };
};
