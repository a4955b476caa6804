import { CommandError, EXIT, Interrupted, UsageError } from '../exit-code.js';
import { problemOf } from '../connection/problem.error.js';
import { funnelLine } from '../slates/funnel.view.js';
import { sentence } from '../slates/slate.view.js';
import { checkClocks } from '../doctor/check-served.js';
import { checkNode, judgeSpace } from '../doctor/check-files.js';
import { bar } from './bar.js';
import { Output } from './output.js';
import { printable } from './printable.js';
import { reportError } from './report-error.js';
import { textTable } from './text-table.js';
import { cutTo, widthOf } from './text-width.js';

function recorded(json: boolean, variables: NodeJS.ProcessEnv = {}, isTTY = false) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    isTTY,
    columns: 80,
    write: (text: string) => ((said[name] += text), true),
  });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') } as unknown as ConstructorParameters<
    typeof Output
  >[1];
  return { said, output: new Output(json, streams, variables) };
}

describe('output', () => {
  it('is lines or a document, never both', () => {
    for (const json of [true, false]) {
      const { said, output } = recorded(json);
      output.lines('a', 'b');
      output.document({ a: 1 });
      expect(said.stdout).toBe(json ? '{"a":1}\n' : 'a\nb\n');
    }
  });

  it('is colored on a terminal only, and never with NO_COLOR or --json', () => {
    const colored = (...args: Parameters<typeof recorded>) => recorded(...args).output.colors.isColorSupported;
    expect(colored(false, {}, true)).toBe(true);
    expect([colored(false), colored(true, {}, true), colored(false, { NO_COLOR: '1' }, true)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('tells errors with their fix and exit code', () => {
    const { said, output } = recorded(true);
    expect(reportError(new UsageError('no', 'yes'), output)).toBe(EXIT.usage);
    expect(reportError(new Interrupted(), output)).toBe(EXIT.interrupted);
    expect(reportError(new CommandError('no', 'yes'), output)).toBe(EXIT.failed);
    expect(said.stdout.split('\n')[0]).toBe('{"error":{"code":"USAGE","detail":"no","fix":"yes"}}');
    expect(said.stderr).toContain('attune: no\n  fix: yes\n');
  });

  it('reads problems, and answers that are none', () => {
    const told = problemOf(404, JSON.stringify({ status: 404, code: 'ITEM_NOT_FOUND', detail: "no item 'x'" }));
    expect([told.message, told.fix]).toEqual([
      "ITEM_NOT_FOUND: no item 'x'",
      'Check the id; percent-encode it in a path.',
    ]);
    expect(problemOf(502, '<html>').message).toContain('is it Attune that listens there?');
  });
});

describe('text', () => {
  it('bars grow by eighths, and anything shows', () => {
    expect([bar(0, 4), bar(1, 4), bar(0.5, 4), bar(-0.5, 4), bar(0.0001, 4), bar(9, 4), bar(Number.NaN, 4)]).toEqual([
      '',
      '████',
      '██',
      '██',
      '▏',
      '████',
      '',
    ]);
  });

  it('is measured in columns of a terminal', () => {
    expect([widthOf('mug'), widthOf('茶杯'), widthOf('e\u0301'), widthOf('\u001b[1mmug\u001b[22m')]).toEqual([
      3, 4, 1, 3,
    ]);
    expect([cutTo('teapot', 4), cutTo('茶杯茶杯', 5), cutTo('mug', 3)]).toEqual(['tea…', '茶杯…', 'mug']);
  });

  it('of others moves no cursor', () => {
    expect(printable('a\u001b[2Jb\nc\u202ed')).toBe('a [2Jb c d');
  });

  it('stands in columns', () => {
    expect(
      textTable(
        [
          { title: 'n', right: true },
          { title: 'name', most: 4 },
        ],
        [
          ['1', '茶杯茶'],
          ['10', 'x'],
        ],
      ),
    ).toEqual([' n  name', ' 1  茶…', '10  x']);
  });

  it('is a sentence', () => {
    expect([sentence('because you bought tea'), sentence('Done.')]).toEqual(['Because you bought tea.', 'Done.']);
  });
});

describe('judgements', () => {
  it('the funnel counts what is left, and who removed', () => {
    const stage = (name: 'retrieve' | 'filter', candidates: number) => ({
      stage: name,
      ms: 1,
      candidates,
      plugins: [],
    });
    const candidates = [{ id: 'a', proposedBy: [], filteredBy: 'seen' }];
    const trace = { stages: [stage('retrieve', 900), stage('filter', 640)], candidates, notes: [] };
    expect(funnelLine(trace, 10)).toBe('900 proposed → 640 passed the filters → 10 shown  (seen removed 1)');
    expect(funnelLine(undefined, 10)).toBeUndefined();
  });

  it('of clocks, disks and versions name the fix', () => {
    expect(['20.18.3', '18.20.0', '20.19.0', '22.1.0'].map((version) => checkNode(version).status)).toEqual([
      'problem',
      'problem',
      'ok',
      'ok',
    ]);
    expect([judgeSpace(5e8).status, judgeSpace(5e9).status]).toEqual(['problem', 'ok']);
    expect([checkClocks(0, 1000).status, checkClocks(0, 3_600_000).detail]).toEqual([
      'ok',
      expect.stringContaining('3600 s ahead of'),
    ]);
  });
});
