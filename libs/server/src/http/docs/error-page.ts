import { DEGRADATION_TABLE, ERROR_TABLE, type DegradationCode, type ErrorCode } from '@attune/sdk';

/** No script and no resource at all; the style is the page's own. */
export const ERROR_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** The page of an error or degradation code, HTML; undefined for any other. */
export function errorPage(code: string): string | undefined {
  if (isError(code)) {
    const { status, title, fix, retryable } = ERROR_TABLE[code];
    const facts = `<p>HTTP status ${status}. ${retryable ? 'The same request may succeed later.' : 'The same request will fail again.'}</p>`;
    return page(code, title, `${facts}\n<h2>What to do</h2>\n<p>${marked(fix)}</p>`);
  }
  if (!isDegradation(code)) return undefined;
  const told =
    '<p>Named in the <code>degraded</code> list of a slate: the slate was served, a part of it was left out.</p>';
  return page(code, 'A slate went without something', `${told}\n<p>${marked(DEGRADATION_TABLE[code])}</p>`);
}

/** Every code, with its page. */
export function errorIndex(): string {
  const list = (codes: readonly string[]): string =>
    `<ul>\n${codes.map((code) => `<li><a href="/docs/errors/${code}">${code}</a></li>`).join('\n')}\n</ul>`;
  const errors = `<h2>Errors</h2>\n${list(Object.keys(ERROR_TABLE))}`;
  return page(
    'Codes',
    'What an answer may say',
    `${errors}\n<h2>Degradations</h2>\n${list(Object.keys(DEGRADATION_TABLE))}`,
  );
}

const isError = (code: string): code is ErrorCode => Object.hasOwn(ERROR_TABLE, code);
const isDegradation = (code: string): code is DegradationCode => Object.hasOwn(DEGRADATION_TABLE, code);

const page = (code: string, title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${code} · Attune</title>
<link rel="icon" href="data:,">
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}code{background:#eee;padding:0 .25em}@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}code{background:#333}}</style>
</head>
<body>
<h1><code>${code}</code></h1>
<p><strong>${marked(title)}</strong></p>
${body}
<p><a href="/docs/errors">All codes</a> · <a href="/docs">API</a></p>
</body>
</html>
`;

/** Text of the tables as HTML: escaped, `code` in backticks. */
const marked = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
