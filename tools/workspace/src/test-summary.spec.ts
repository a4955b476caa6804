import { lineOf, readRun, verdict } from './test-summary.cjs';

const results = (fields: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numTotalTestSuites: 1,
    numRuntimeErrorTestSuites: 0,
    testResults: [],
    ...fields,
  });

describe('lineOf', () => {
  it('counts a suite that did not load as a failure', () => {
    const line = lineOf('libs/sdk', results({ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 }));
    expect(line).toMatchObject({ passed: 3, failed: 2 });
  });

  it('tells what passed only when it was run once more', () => {
    const test = { fullName: 'a slate is fast', status: 'passed' };
    const assertionResults = [
      { ...test, retryReasons: ['Error: \u001b[2mexpect\u001b[22m(received)\n\n  Expected: 10'] },
      { ...test, fullName: 'it is good', retryReasons: [] },
      { ...test, fullName: 'it is there', status: 'failed', retryReasons: ['Error'] },
    ];
    const line = lineOf(
      'libs/sdk',
      results({ numPassedTests: 2, numFailedTests: 1, testResults: [{ assertionResults }] }),
    );
    expect(line).toMatchObject({ failed: 1, shaky: ['a slate is fast: Error: expect(received) Expected: 10'] });
  });

  it.each([
    ['suites', undefined],
    ['tests of a suite', [{}]],
  ])('counts without a list of %s', (_, testResults) => {
    const line = lineOf('libs/sdk', results({ numPassedTests: 2, testResults }));
    expect(line).toMatchObject({ passed: 2, failed: 0, shaky: [] });
  });

  it.each([
    ['no result file', undefined],
    ['a broken result file', '{"numPassed'],
    ['no tests', results({})],
    ['only skipped tests', results({ numPendingTests: 4 })],
  ])('fails a project with %s', (_, json) => {
    expect(lineOf('libs/sdk', json)).toMatchObject({ passed: 0, failed: 1, problem: expect.any(String) });
  });
});

describe('readRun', () => {
  it('takes apart what Nx prints', () => {
    const output = [
      ' NX   Running targets lint, test for 2 projects:',
      '- a',
      '> nx run @attune/a:lint',
      'a finding',
      '- not:a task',
      '> nx run @attune/b:test  [local cache]',
      'fine',
      ' NX   Running targets lint, test for 2 projects failed',
      'Tasks not run because their dependencies failed or --nx-bail=true:',
      '- @attune/a:test',
      'Failed tasks:',
      '- @attune/a:lint',
    ].join('\n');
    const run = readRun(output);
    expect(run.failed).toEqual(['@attune/a:lint']);
    expect(run.notRun).toEqual(['@attune/a:test']);
    expect([...run.bodies.keys()]).toEqual(['@attune/a:lint', '@attune/b:test']);
    expect(run.bodies.get('@attune/a:lint')).toContain('a finding');
  });
});

describe('verdict', () => {
  const line = { project: 'a', suites: 1, passed: 2, failed: 0, skipped: 0 };

  it('is the plain line', () => {
    expect(verdict([line, line], [], false)).toEqual({ text: '4 passed, 0 failed', failed: 0 });
    expect(verdict([{ ...line, skipped: 1 }], [], false).text).toBe('2 passed, 0 failed, 1 skipped');
  });

  it('is never greener than the run', () => {
    expect(verdict([line], ['@attune/a:lint'], true).failed).toBe(1);
    expect(verdict([line], [], true).failed).toBe(1);
    expect(verdict([{ ...line, failed: 2 }], ['@attune/a:test'], true).failed).toBe(2);
  });
});
