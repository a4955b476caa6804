/**
 * What `npm test` makes of one run of Nx and of the result files that jest wrote. Plain JavaScript, so that the
 * command needs no build; checked by TypeScript and tested in tools/workspace.
 */

/**
 * @typedef {object} JestResults The fields used of jest's `--json` output.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numTotalTests
 * @property {number} numTotalTestSuites
 * @property {number} numRuntimeErrorTestSuites Suites that could not be loaded: none of their tests is counted.
 * @property {readonly { readonly assertionResults?: readonly JestTest[] }[]} [testResults]
 */

/**
 * @typedef {object} JestTest
 * @property {string} fullName
 * @property {string} status
 * @property {readonly string[]} [retryReasons] Why it was run once more.
 */

/**
 * @typedef {object} Line One project's tests.
 * @property {string} project Such as `libs/sdk`.
 * @property {number} suites
 * @property {number} passed
 * @property {number} failed Failed tests, suites that did not load, and 1 for a project without results or tests.
 * @property {number} skipped
 * @property {string} [problem] Why the project fails though no test of it did.
 * @property {readonly string[]} [shaky] Tests that passed when they were run once more, each with why they had failed.
 */

/**
 * One project's line. A project that has a test target and ran nothing is a failure, never a silent success.
 * @param {string} project
 * @param {string | undefined} json text of its result file; undefined when this run left none
 * @returns {Line}
 */
function lineOf(project, json) {
  const empty = { project, suites: 0, passed: 0, failed: 1, skipped: 0 };
  if (json === undefined) return { ...empty, problem: 'left no test results: its tests did not run to the end' };
  /** @type {JestResults} */
  let results;
  try {
    results = JSON.parse(json);
  } catch {
    return { ...empty, problem: 'left test results that are no JSON' };
  }
  const skipped = results.numPendingTests + results.numTodoTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  if (results.numPassedTests + failed === 0) return { ...empty, skipped, problem: 'ran no tests' };
  const shaky = (results.testResults ?? []).flatMap(({ assertionResults = [] }) =>
    assertionResults.filter(isShaky).map(shakyLine),
  );
  return { project, suites: results.numTotalTestSuites, passed: results.numPassedTests, failed, skipped, shaky };
}

/** @param {JestTest} test */
const isShaky = ({ status, retryReasons = [] }) => status === 'passed' && retryReasons.length > 0;

/** @param {JestTest} test */
const shakyLine = ({ fullName, retryReasons = [] }) => `${fullName}: ${plain(retryReasons[0] ?? '')}`;

/**
 * A reason in one line, without colors and without where it was met.
 * @param {string} reason
 */
function plain(reason) {
  // eslint-disable-next-line no-control-regex -- jest colors its messages
  const [text = ''] = reason.replace(/\u001b\[[0-9;]*m/g, '').split(/\n\s+at /);
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}

/**
 * The headline of a task in Nx's static output, such as `@attune/sdk:build`; undefined for any other line.
 * @param {string} line
 */
function taskOf(line) {
  return /^> nx run (\S+:\S+)/.exec(line)?.[1];
}

/**
 * Splits Nx's static output into what each task printed, and lists the tasks that failed or were not run, each once:
 * the output may be that of several runs, one after the other.
 * @param {string} output
 */
function readRun(output) {
  /** @type {Map<string, string>} */
  const bodies = new Map();
  /** @type {{ failed: string[], notRun: string[] }} */
  const lists = { failed: [], notRun: [] };
  /** @type {string | undefined} */
  let task;
  /** @type {string[] | undefined} */
  let list;
  for (const line of output.split('\n')) {
    const headline = taskOf(line);
    if (headline !== undefined) {
      task = headline;
      bodies.set(task, '');
    } else if (/^ (NX|>  NX) /.test(line)) {
      task = undefined;
    } else if (task !== undefined) {
      bodies.set(task, `${bodies.get(task)}${line}\n`);
    } else if (/^Failed tasks:/.test(line)) {
      list = lists.failed;
    } else if (/^Tasks not run/.test(line)) {
      list = lists.notRun;
    } else if (/^- \S+:\S+$/.test(line)) {
      const failure = line.slice(2);
      if (!list?.includes(failure)) list?.push(failure);
    }
  }
  return { bodies, ...lists };
}

/**
 * The last line of `npm test`. Failed counts tests and, so that the line is never greener than the run, each failed
 * task that is no test (lint, typecheck, build); `crashed` adds one when nothing else accounts for a failed run.
 * @param {readonly Line[]} lines
 * @param {readonly string[]} failedTasks
 * @param {boolean} crashed whether Nx itself ended with an error
 * @returns {{ text: string, failed: number }}
 */
function verdict(lines, failedTasks, crashed) {
  /** @param {'passed' | 'failed' | 'skipped'} key */
  const sum = (key) => lines.reduce((total, line) => total + line[key], 0);
  const counted = sum('failed') + failedTasks.filter((task) => !task.endsWith(':test')).length;
  const failed = counted === 0 && crashed ? 1 : counted;
  const skipped = sum('skipped');
  return { text: `${sum('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`, failed };
}

module.exports = { lineOf, taskOf, readRun, verdict };
