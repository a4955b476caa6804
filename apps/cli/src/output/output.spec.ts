import type { SlateItem } from '@attune/sdk';
import { CommandError, EXIT, Interrupted, UsageError } from '../exit-code.js';
import { problemOf } from '../connection/problem.error.js';
import { funnelLines } from '../slates/funnel.view.js';
import { sentence } from '../slates/slate.view.js';
import { checkClocks } from '../doctor/check-served.js';
import { checkNode, judgeSpace } from '../doctor/check-files.js';
import { bar } from './bar.js';
import { Output } from './output.js';
import { printable } from './printable.js';
import { reportError } from './report-error.js';
import { textTable } from './text-table.js';
import { cutTo, widthOf, wrapTo } from './text-width.js';

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
    const fault = { pointer: '/limit', detail: 'Too big' };
    const refused = { status: 400, code: 'VALIDATION_FAILED', detail: '/limit: Too big', errors: [fault] };
    expect(problemOf(400, JSON.stringify(refused)).message).toBe('VALIDATION_FAILED: /limit: Too big');
    expect(problemOf(400, JSON.stringify(refused)).fix).toContain('the line above');
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
          { title: 'name', gives: true },
        ],
        [
          ['1', '茶杯'],
          ['10', 'x'],
        ],
      ),
    ).toEqual([' n  name', ' 1  茶杯', '10  x']);
  });

  it('keeps to the width of the terminal: the columns that give are cut, down to 12 columns, one after the other', () => {
    const columns = [{ title: 'a', gives: true }, { title: 'b' }, { title: 'c', gives: true }];
    const row = ['x'.repeat(30), 'y'.repeat(30), 'z'.repeat(30)];
    const widths = (width: number): readonly number[] => textTable(columns, [row], width).map((line) => line.length);
    expect([widths(200)[1], widths(80)[1], widths(70)[1], widths(10)[1]]).toEqual([94, 80, 70, 12 + 2 + 30 + 2 + 12]);
  });

  it('wraps at spaces', () => {
    expect(wrapTo('one two  three', 7)).toEqual(['one two', 'three']);
    expect(wrapTo('unbreakable a b', 3)).toEqual(['unbreakable', 'a b']);
  });

  it('is a sentence', () => {
    expect([sentence('because you bought tea'), sentence('Done.')]).toEqual(['Because you bought tea.', 'Done.']);
  });
});

describe('judgements', () => {
  it('the funnel counts what is left, and who removed', () => {
    const candidates = Array.from({ length: 900 }, (_, i) => ({
      id: `i${i}`,
      proposedBy: ['ease', ...(i < 100 ? ['popular'] : [])].map((plugin) => ({ plugin, position: 1, score: 1 })),
      ...(i >= 640 && { filteredBy: i < 650 ? 'where' : 'seen' }),
    }));
    const items = Array.from({ length: 10 }, () => ({}) as SlateItem);
    const { output } = recorded(false);
    expect(funnelLines({ items, trace: { stages: [], candidates, notes: [] } }, output)).toEqual([
      '',
      'Candidates: 900 → 640 → 10',
      `    proposed  ${'█'.repeat(24)}  900  ease 900 · popular 100`,
      expect.stringMatching(/^ {4}passed {4}█{17}▏ {8}640 {2}seen removed 250 · where removed 10$/),
      expect.stringMatching(/^ {4}shown {5}▎ {26}10$/),
    ]);
    expect(funnelLines({ items }, output)).toEqual([]);
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
