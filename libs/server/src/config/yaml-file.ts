import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { PipelineError, type Finding, type PipelineSource } from '@attune/engine';

export interface YamlFile<T> {
  readonly value: T;
  /** Line, from 1, of the deepest part of a path that is written in the file. */
  readonly locate: PipelineSource['locate'];
}

/** Reads a YAML file against a schema. Throws a PipelineError: file, line, cause, fix. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): YamlFile<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const syntax = document.errors.map((error): Finding => ({ file, line: error.linePos?.[0].line ?? 1, cause: firstLine(error.message), fix: 'mend the YAML' }));
  if (syntax.length > 0) throw new PipelineError(syntax);
  const locate: PipelineSource['locate'] = (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return { file, line: lines.linePos(node.range[0]).line };
    }
    return { file, line: 1 };
  };
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return { value: parsed.data, locate };
  throw new PipelineError(
    parsed.error.issues.map((issue) => ({
      ...locate(issue.path.filter((key) => typeof key !== 'symbol')),
      cause: `${issue.path.join('.') || 'the file'}: ${issue.message}`,
      fix: 'mend it as the configuration reference says',
    })),
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PipelineError([{ file, line: 1, cause: firstLine(String(error)), fix: 'check the path and its permissions' }]);
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.replace(/:$/, '');
