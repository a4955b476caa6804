import { foreignModelSchema, type ForeignDeclaration } from '@attune/plugins';
import { z } from 'zod';
import { readYaml } from '../config/yaml-file.js';

/** Reads the declaration of a foreign model; its kind may be left out. Throws a PipelineError: file, line, cause, fix. */
export function readDeclaration(file: string, kind: ForeignDeclaration['kind']): ForeignDeclaration {
  const withKind = (written: unknown): unknown =>
    typeof written === 'object' && !Array.isArray(written) ? { kind, ...written } : written;
  return readYaml(file, z.preprocess(withKind, foreignModelSchema)).value;
}
