import { posix } from 'node:path';
import { inputSchema, rowsOf, tableOf } from './json-schema-rows.mjs';

/** Every built-in plugin: what its source says of it, what it needs, its options and its traits. */
export function pluginsPage({ plugins, kinds, z, read }) {
  const present = kinds.filter((kind) => plugins.some((plugin) => plugin.kind === kind));
  const chapters = present.map((kind) => {
    const sections = plugins.filter((plugin) => plugin.kind === kind).map((plugin) => section(plugin, { z, read }));
    return `## ${kind[0].toUpperCase()}${kind.slice(1)}s\n\n${sections.join('\n\n')}`;
  });
  return `# Built-in plugins

<!-- Generated from libs/plugins by npm run docs. Do not edit. -->

${plugins.length} plugins. A step of a [pipeline](../guides/pipelines.md) names one by its id under \`use\` and sets its options under
\`config\`. Needs are signals that the engine gathers, ports are services a plugin is handed, vectors are spaces whose item
vectors it reads. The [glossary](../GLOSSARY.md) explains the words.

${chapters.join('\n\n')}
`;
}

function pathOf({ kind, id }) {
  return `libs/plugins/src/${kind}s/${id}.${kind}.ts`;
}

function section(plugin, { z, read }) {
  const source = read(pathOf(plugin));
  const comments = memberComments(pathOf(plugin), read);
  const schema = inputSchema(z, plugin.config);
  const rows = rowsOf(schema).map(({ name, type, fallback, text }) => [
    `\`${name}\``,
    type,
    fallback,
    text || comments[name.split('.').at(-1)] || missing(plugin, name),
  ]);
  const options = rows.length > 0 ? tableOf(rows) : 'No options.';
  return `### ${plugin.kind} ${plugin.id}\n\n${docstringOf(source)}\n\n${facts(plugin)}\n\n${options}`;
}

/** An option that nobody explains ends the run. */
function missing(plugin, name) {
  throw new Error(`${pathOf(plugin)}: option ${name} has no comment: say what it means, in which unit`);
}

function facts({ kind, id, version, needs, uses, itemVectors, budget, traits }) {
  const list = (names) => (names.length > 0 ? names.map((name) => `\`${name}\``).join(', ') : 'none');
  const said = Object.entries(traits).map(([name, value]) => `${name} ${value}`);
  return [
    `- Source: [${id}.${kind}.ts](../../${pathOf({ kind, id })}), version ${version}, budget ${budget.hardMs} ms`,
    `- Needs: ${list(needs)}; ports: ${list(uses)}; vectors: ${list(itemVectors)}`,
    `- Traits: ${said.join(', ')}`,
  ].join('\n');
}

/** The comment above the plugin's exported constant, as one paragraph. */
function docstringOf(source) {
  const before = source.slice(0, source.search(/^export const \w+ = define/m));
  const comment = before.slice(before.lastIndexOf('/**') + 3, before.lastIndexOf('*/'));
  return plain(comment);
}

/** Comments above the options of a plugin, those it takes from files beside it included. */
function memberComments(path, read) {
  const source = read(path);
  const taken = [...source.matchAll(/import \{[^}]*[oO]ptions\b[^}]*\} from '(\.[^']+)\.js'/g)];
  const inherited = taken.map(([, from]) => memberComments(posix.join(posix.dirname(path), `${from}.ts`), read));
  return Object.assign({}, ...inherited, commentsOf(source));
}

/** Comments that stand above a member, by the member's name. */
function commentsOf(source) {
  const found = source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\n\s*(\w+):/g);
  return Object.fromEntries([...found].map(([, comment, name]) => [name, plain(comment)]));
}

const plain = (comment) =>
  comment
    .replaceAll(/\s*\n\s*\* ?/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
