#!/usr/bin/env node
// Checks the links of the Markdown files: files and folders exist, and so do the headings that anchors name.
//   node tools/docs/check-links.mjs [file or folder ...]     default: README.md, CHANGELOG.md and docs
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const DEFAULT = ['README.md', 'CHANGELOG.md', 'docs'].map((name) => join(ROOT, name));

/** One line for each broken link of these files and folders: `file: target: why`. */
export function brokenLinks(paths = DEFAULT) {
  return paths.flatMap(markdownIn).flatMap((file) =>
    linksOf(readFileSync(file, 'utf8')).flatMap((target) => {
      const why = flawOf(file, target);
      return why === undefined ? [] : [`${relative(ROOT, file)}: ${target}: ${why}`];
    }),
  );
}

function markdownIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .flatMap((name) => markdownIn(join(path, name)))
    .filter((file) => file.endsWith('.md'));
}

/** Targets of inline links, outside code. */
function linksOf(text) {
  const prose = text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, 'code');
  return [...prose.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map(([, target]) => target);
}

function flawOf(file, target) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const [path, anchor] = target.split('#', 2);
  const to = path === '' ? file : resolve(dirname(file), decodeURIComponent(path));
  if (!existsSync(to)) return 'there is no such file';
  if (anchor === undefined || anchor === '') return undefined;
  if (!to.endsWith('.md')) return /^L\d+(-L\d+)?$/.test(anchor) ? undefined : 'only Markdown files have headings';
  return anchorsOf(readFileSync(to, 'utf8')).has(anchor) ? undefined : 'there is no such heading';
}

/** Anchors of a file's headings, as GitHub makes them. */
function anchorsOf(text) {
  const prose = text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const met = new Map();
  const anchors = [...prose.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) => {
    const plain = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .trim();
    const slug = plain.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
    const times = met.get(slug) ?? 0;
    met.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
  return new Set(anchors);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2).map((path) => resolve(path));
  const broken = brokenLinks(given.length > 0 ? given : DEFAULT);
  for (const line of broken) console.error(line);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
