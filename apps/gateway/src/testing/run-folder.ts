/** Folder of this test run, shared by its files: `global-setup.cjs` makes it and `global-teardown.cjs` removes it. */
export function runFolder(): string {
  const folder = process.env['ATTUNE_E2E_RUN'];
  if (folder === undefined) throw new Error('ATTUNE_E2E_RUN is not set: run these tests with jest in apps/gateway');
  return folder;
}
