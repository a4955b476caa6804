import { tableOf } from './json-schema-rows.mjs';

/** The codes of problems and of degradations, as the SDK's tables list them. */
export function errorsPage({ ERROR_TABLE, DEGRADATION_TABLE }) {
  const errors = Object.entries(ERROR_TABLE).map(([code, { status, title, retryable, fix }]) => [
    `\`${code}\``,
    status,
    title,
    retryable ? 'yes' : 'no',
    fix,
  ]);
  const degradations = Object.entries(DEGRADATION_TABLE).map(([code, text]) => [`\`${code}\``, text]);
  return `# Codes

<!-- Generated from libs/sdk/src/errors/error-table.ts by npm run docs. Do not edit. -->

A running server has a page for each code at \`/docs/errors/<code>\`.

## Errors

Every error is \`application/problem+json\` (RFC 9457) with these codes in \`code\`. \`instance\` is the request's id, which
is also in the header \`X-Request-Id\` and in the server's log. \`errors\` holds up to 20 faults, each with a JSON pointer.
Rows of a batch that are refused carry the same codes in \`rejected\`.

${tableOf(errors, ['Code', 'Status', 'What it says', 'Retry helps', 'What to do'])}

## Degradations

A slate whose \`degraded\` names a plugin and one of these codes was served without that plugin's part.

${tableOf(degradations, ['Code', 'Meaning'])}
`;
}
