import { createHash } from 'node:crypto';
import type { EvaluationReport, ReportModel } from './evaluation.report.js';
import { reportHtml } from './html.report.js';

const HOSTILE = `</title><script>alert("1")</script><img src='x' onerror=alert(1)>&amp;\u202e\u0000]]>`;

const around = (mean: number) => ({ mean, low: mean - 0.01, high: mean + 0.01 });

const model = (name: string, mean: number, cpuSeconds: number): ReportModel => ({
  name,
  options: { factors: 64, alpha: 0.5, loss: 'softmax' },
  validation: { 'ndcg@10': around(mean + 0.02), rmse: around(1 - mean) },
  test: { 'ndcg@10': around(mean), rmse: around(1 - mean) },
  slices: [
    { name: 'up to 5 events', users: 1234, metrics: { 'ndcg@10': around(mean / 2) } },
    { name: 'new items', users: 17, metrics: {} },
  ],
  fitSeconds: cpuSeconds / 10,
  cpuSeconds,
});

const report: EvaluationReport = {
  title: 'Next item on ML-1M',
  protocol: 'The last item of each user, ranked in full.',
  data: [{ name: 'ml-1m', users: 6040, items: 3416, interactions: 999611 }],
  createdAt: '2026-11-21T09:00:00.000Z',
  chosen: 'sasrec',
  models: [model('popularity', 0.0213, 0.004), model('sasrec', 0.1827, 480), model('transitions', 0.1654, 6.2)],
  comparisons: [{ a: 'transitions', b: 'sasrec', metric: 'ndcg@10', difference: around(0.0173), p: 0.0002 }],
  command: 'attune evaluate --protocol next-item --input ml-1m.csv',
  machine: 'x86-64, 2 cores, Node v20.20.2',
};

const page = reportHtml(report);

/** Names of elements in order; throws where the page is not well-formed: each element closed, each value quoted. */
function elementsOf(html: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const [doctype, ...rest] = html.split(/(?=<)/);
  expect(doctype).toBe('<!doctype html>\n');
  for (const piece of rest) {
    const found = /^<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][\w-]*="[^"<>]*")*)(\/?)>([^<>]*)$/.exec(piece);
    if (found === null) throw new Error(`not well-formed: ${piece}`);
    const [, closing, name, attributes, empty, text] = found;
    if (/&(?!amp;|lt;|gt;|quot;|#39;)/.test(`${attributes}${text}`)) throw new Error(`a bare ampersand: ${piece}`);
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`${name} is closed but not open: ${piece}`);
    } else {
      seen.push(name!);
      if (empty === '') open.push(name!);
    }
  }
  expect(open).toEqual([]);
  return seen;
}

const cellsOf = (html: string, row: string): readonly string[] => {
  const found = new RegExp(`<tr><th scope="row">${row}.*?</tr>`).exec(html)?.[0] ?? '';
  return [...found.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell!.replaceAll(/<[^>]+>/g, ''));
};

describe('the page', () => {
  it('is well-formed, with a title and a description on each plot', () => {
    const elements = elementsOf(page);
    const count = (name: string): number => elements.filter((one) => one === name).length;
    // Two metrics, two slices, and the cost.
    expect(count('svg')).toBe(5);
    expect(
      page.match(/<svg [^>]*role="img" aria-label="[^"]+"[^>]*>\n<title>[^<]+<\/title>\n<desc>[^<]+<\/desc>/g),
    ).toHaveLength(5);
    expect(count('table')).toBe(7);
    expect(count('table')).toBe(count('caption'));
  });

  it('loads nothing and runs nothing', () => {
    // A hash may look like anything.
    expect(page.replace(/sha256-[^']+/, '')).not.toMatch(
      /https?:|\/\/[a-z]|url\(|@import|<script|<link|\ssrc=|\shref=|\sstyle=|\son[a-z]+=/i,
    );
    const style = /<style>([^]*)<\/style>/.exec(page)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!;
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(style).toContain('@media (prefers-color-scheme: dark)');
  });

  it('says the figures, with intervals and costs', () => {
    for (const text of ['6,040', '3,416', '999,611', '2026-11-21', report.command, report.machine, report.protocol])
      expect(page).toContain(text);
    expect(cellsOf(page.slice(page.indexOf('<caption>Test')), 'sasrec')).toEqual([
      '0.1827 0.1727 to 0.1927',
      '0.8173 0.8073 to 0.8273',
    ]);
    expect(cellsOf(page, 'sasrec − transitions')).toEqual(['ndcg@10', '0.0173', '0.0073 to 0.0273', '&lt; 0.001']);
    expect(cellsOf(page.slice(page.indexOf('<caption>Cost')), 'transitions').slice(1)).toEqual(['6.20', '0.62']);
    expect(cellsOf(page.slice(page.indexOf('<caption>ndcg@10 by slice')), 'sasrec')).toEqual([
      '0.0914 0.0814 to 0.1013',
      '–',
    ]);
    expect(page).toContain('factors 64, alpha 0.5, loss &quot;softmax&quot;');
  });

  it('has models in the order of the main metric on validation, and says which way is better', () => {
    const rows = [...page.slice(page.indexOf('<caption>Cost')).matchAll(/<tr><th scope="row">(\w+)/g)].map(
      ([, name]) => name,
    );
    expect(rows.slice(0, 3)).toEqual(['sasrec', 'transitions', 'popularity']);
    expect(page).toContain('rmse (lower is better)');
    const rating = { ...report, models: report.models.map((one) => ({ ...one, test: { rmse: one.test['rmse']! } })) };
    const order = [...reportHtml(rating).matchAll(/<tr><th scope="row">(\w+)/g)].map(([, name]) => name);
    // The least error first: after the row of the data, that of the highest NDCG.
    expect(order.slice(1, 4)).toEqual(['sasrec', 'transitions', 'popularity']);
  });

  it('draws bars from 0 in proportion', () => {
    const bars = [
      ...page.matchAll(/<g class="(chosen|other)">\n<title>(\w+): 0\.[^]*?<rect class="bar"[^>]* width="([\d.]+)"/g),
    ];
    const [first, second, third] = bars.map(([, kind, name, width]) => ({ kind, name, width: Number(width) }));
    expect([first!.kind, second!.kind, third!.kind]).toEqual(['chosen', 'other', 'other']);
    expect(first!.width / second!.width).toBeCloseTo(0.1827 / 0.1654, 2);
    // The scale of 230 pixels ends where the highest interval does.
    expect(first!.width).toBeCloseTo((230 * 0.1827) / 0.1927, 0);
  });
});

describe('odd reports', () => {
  it('escape every text, however hostile', () => {
    const hostile: EvaluationReport = {
      title: HOSTILE,
      protocol: HOSTILE,
      data: [{ name: HOSTILE, users: 1, items: 1, interactions: 1 }],
      createdAt: HOSTILE,
      chosen: HOSTILE,
      models: [
        {
          ...model(HOSTILE, 0.5, 1),
          options: { [HOSTILE]: HOSTILE },
          validation: { [HOSTILE]: around(0.5) },
          test: { [HOSTILE]: around(0.5) },
          slices: [{ name: HOSTILE, users: 1, metrics: { [HOSTILE]: around(0.5) } }],
        },
      ],
      comparisons: [{ a: HOSTILE, b: HOSTILE, metric: HOSTILE, difference: around(0), p: 1 }],
      command: HOSTILE,
      machine: HOSTILE,
    };
    const written = reportHtml(hostile);
    const kinds = new Set(elementsOf(written));
    expect([...kinds].filter((name) => !elementsOf(page).includes(name))).toEqual([]);
    for (const character of ['\u0000', '\u202e']) expect(written).not.toContain(character);
    expect(written).toContain('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });

  it('are pages too: without models, without figures, with none that can be drawn', () => {
    elementsOf(reportHtml({ ...report, models: [], comparisons: [], data: [] }));
    elementsOf(
      reportHtml({
        ...report,
        chosen: 'none',
        models: [{ ...report.models[0]!, test: {}, validation: {}, slices: [] }],
      }),
    );
    const nothing = { mean: NaN, low: NaN, high: NaN };
    const broken = report.models.map((one) => ({ ...one, test: { 'ndcg@10': nothing }, cpuSeconds: NaN }));
    const written = reportHtml({ ...report, models: broken });
    elementsOf(written);
    expect(written).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('keep names of points that lie together apart', () => {
    const models = Array.from({ length: 8 }, (_, i) => model(`model ${i}`, 0.15, 10));
    const html = reportHtml({ ...report, chosen: 'model 0', models });
    const labels = [...html.matchAll(/<text class="name(?: chosen)?" x="[\d.]+" y="([\d.]+)">model/g)].map(([, y]) =>
      Number(y),
    );
    expect(labels).toHaveLength(8);
    const gaps = labels.toSorted((a, b) => a - b).map((y, i, all) => y - (all[i - 1] ?? -Infinity));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(14);
  });
});
