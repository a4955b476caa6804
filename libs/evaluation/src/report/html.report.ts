import { createHash } from 'node:crypto';
import { mainMetric, type EvaluationReport } from './evaluation.report.js';
import { count } from './figures.js';
import { markup, Markup } from './markup.js';
import {
  comparisonSection,
  costSection,
  optionSection,
  sliceSection,
  testSection,
  validationSection,
} from './sections.js';
import { STYLE } from './style.js';
import { tableOf } from './table.js';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
/** No script, no request, no form; the one style sheet is the page's own. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/**
 * A report as one HTML page that needs nothing else: plots are SVG, each with a table that says the same. Models are in
 * the order of the main metric on validation, best first. Every text of the report is escaped.
 */
export function reportHtml(report: EvaluationReport): string {
  const { title, protocol, createdAt, machine, chosen, command } = report;
  const metric = mainMetric(report);
  const sections = SECTIONS.map((sectionOf) => sectionOf(report));
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${protocol}</p>
<p>Validation chose <strong>${chosen}</strong>${metric === undefined ? '' : ` by ${metric}`}.</p>
<p class="soft">${createdAt} · ${machine}</p>
</header>
<main>
${sections}<section>
<h2>How to repeat it</h2>
<pre><code>${command}</code></pre>
</section>
</main>
</body>
</html>
`;
  return page.text;
}

function dataTable({ data }: EvaluationReport): Markup {
  return tableOf({
    caption: 'Data',
    cells: 'figures',
    columns: ['Name', 'Users', 'Items', 'Interactions'],
    rows: data.map(({ name, users, items, interactions }) => [name, count(users), count(items), count(interactions)]),
  });
}

const SECTIONS = [
  dataTable,
  testSection,
  comparisonSection,
  costSection,
  sliceSection,
  validationSection,
  optionSection,
];
