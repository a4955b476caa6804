import { readFileSync } from 'node:fs';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document, type Pair } from 'yaml';
import type { z } from 'zod';
import { PipelineError, type Finding } from '@attune/engine';
import type { Locate } from './locate.js';
import { findingsOf } from './schema-findings.js';

export interface YamlFile<T> {
  readonly value: T;
  /** Line, from 1, of the deepest part of a path that is written in the file: that of the key, or of the list's entry. */
  readonly locate: Locate;
}

/** Reads a YAML file against a schema. Throws a PipelineError: file, line, cause, fix. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): YamlFile<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const syntax = document.errors.map(({ linePos, message }): Finding => {
    return { file, line: linePos?.[0].line ?? 1, cause: firstLine(message), fix: 'mend the YAML' };
  });
  if (syntax.length > 0) throw new PipelineError(syntax);
  const locate: Locate = (path) => ({ file, line: lines.linePos(offsetOf(document, path)).line });
  const parsed = schema.safeParse(dataOf(document, file) ?? {});
  if (parsed.success) return { value: parsed.data, locate };
  throw new PipelineError(findingsOf(parsed.error.issues, locate));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PipelineError([
      { file, line: 1, cause: firstLine(String(error)), fix: 'check the path and its permissions' },
    ]);
  }
}

function dataOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that point nowhere, or that unfold without end.
    throw new PipelineError([{ file, line: 1, cause: firstLine(String(error)), fix: 'mend the YAML' }]);
  }
}

/** Where the deepest written part of a path begins, in characters. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node)
      ? (node.items as Pair[]).find(({ key }) => isScalar(key) && key.value === part)
      : undefined;
    const next = pair?.value ?? (isSeq(node) && typeof part === 'number' ? node.items[part] : undefined);
    const written = pair?.key ?? next;
    if (!isNode(written) || !written.range) break;
    offset = written.range[0];
    node = next;
  }
  return offset;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.replace(/:$/, '');
