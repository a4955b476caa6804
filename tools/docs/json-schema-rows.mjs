/** One row a member of a JSON Schema object, nested members by path: `{ name, type, fallback, text }`. */
export function rowsOf(schema, prefix = '') {
  if (schema.properties === undefined && schema.additionalProperties) return freeRows(schema, prefix);
  return Object.entries(schema.properties ?? {}).flatMap(([key, member]) => {
    const name = `${prefix}${key}`;
    const required = (schema.required ?? []).includes(key) && member.default === undefined;
    const row = { name, type: typeOf(member), fallback: fallbackOf(member, required), text: member.description ?? '' };
    const inner = member.type === 'array' ? member.items : member;
    const suffix = member.type === 'array' ? '[].' : '.';
    return [row, ...(inner?.properties ? rowsOf(inner, `${name}${suffix}`) : [])];
  });
}

/** Members whose names are the user's own, such as the columns of a ranker. */
function freeRows({ additionalProperties: member }, prefix) {
  const inner = (member.anyOf ?? [member]).find(({ properties }) => properties !== undefined);
  const row = { name: `${prefix}<name>`, type: typeOf(member), fallback: '–', text: member.description ?? '' };
  return inner === undefined ? [row] : [row, ...rowsOf(inner, `${prefix}<name>.`)];
}

export function tableOf(rows, columns = ['Name', 'Type and range', 'Default', 'Meaning']) {
  const line = (cells) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The schema of a zod type as a reader writes it: before defaults and conversions. */
export function inputSchema(z, type) {
  return z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });
}

function typeOf(member) {
  if (member.enum !== undefined) return member.enum.map((value) => `\`${value}\``).join(' or ');
  const either = member.anyOf ?? member.oneOf;
  if (either !== undefined) return either.map(typeOf).join(', or ');
  if (member.type === 'array') return `list of ${typeOf(member.items ?? {})}${sized(member.minItems, member.maxItems)}`;
  if (member.type === 'object' && member.properties === undefined) {
    return `map of name to ${typeOf(Object(member.additionalProperties))}`;
  }
  if (member.type === 'object') return `object of ${Object.keys(member.properties).join(', ')}`;
  return `${member.type ?? 'any value'}${rangeOf(member)}`;
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, pattern, minLength, maxLength, type }) {
  if (pattern !== undefined) return ` matching \`${pattern}\``;
  if (type === 'string' && minLength === 1 && maxLength === undefined) return ', not empty';
  if (type === 'string') return sized(minLength, maxLength, ' of', ' characters');
  const from = exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : bound('≥', minimum, -Number.MAX_SAFE_INTEGER);
  const to = exclusiveMaximum !== undefined ? `< ${exclusiveMaximum}` : bound('≤', maximum, Number.MAX_SAFE_INTEGER);
  const parts = [from, to].filter((part) => part !== undefined);
  return parts.length > 0 ? ` ${parts.join(', ')}` : '';
}

/** A bound that is only the edge of the safe integers says nothing. */
const bound = (sign, value, edge) => (value === undefined || value === edge ? undefined : `${sign} ${value}`);

function sized(least, most, before = ',', after = '') {
  if (least === undefined && most === undefined) return '';
  if (least === undefined) return `${before} at most ${most}${after}`;
  return most === undefined ? `${before} at least ${least}${after}` : `${before} ${least} to ${most}${after}`;
}

function fallbackOf(member, required) {
  if (member.default !== undefined) return `\`${JSON.stringify(member.default)}\``;
  return required ? 'required' : '–';
}

const escaped = (cell) => String(cell).replaceAll('\n', ' ').replaceAll('|', '\\|');
