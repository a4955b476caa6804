import { z } from 'zod';
import type { YamlFile } from '@attune/server';
import { UsageError } from '../exit-code.js';
import { kindOf, TARGETS, type Target } from './target.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const kind = z.enum([
  'text',
  'number',
  'integer',
  'boolean',
  'date',
  'unix-seconds',
  'unix-milliseconds',
  'list',
  'scalar',
]);

const fieldSchema = z
  .strictObject({
    column: z.string().min(1).optional().describe('Column whose cell is taken; a.b goes into nested JSON.'),
    value: scalar.optional().describe('A constant, instead of a column.'),
    template: z.string().min(1).optional().describe('Text with {columns} in braces, instead of a column.'),
    as: kind.optional().describe('How the cell is read; default as the field needs it.'),
    split: z.string().min(1).optional().describe('Separator of a list; default |.'),
    decimal: z.enum(['.', ',']).default('.').describe('Decimal sign of numbers.'),
    map: z.record(z.string(), scalar).optional().describe('Values by what the cell says.'),
    default: scalar.optional().describe('Value where the cell is empty.'),
    cut: z.int().min(1).optional().describe('Characters a text may have; the rest is cut off.'),
  })
  .refine(({ column, value, template }) => [column, value, template].filter((one) => one !== undefined).length === 1, {
    message: 'needs one of column, value, template',
  });
export type FieldSource = z.output<typeof fieldSchema>;

/** A mapping file: which column, constant or template each field is made of. */
export const mappingSchema = z.strictObject({
  target: z.enum(TARGETS).optional().describe('What it is for; checked against the command.'),
  format: z.enum(['csv', 'jsonl', 'parquet']).optional(),
  encoding: z.string().optional().describe('Encoding of the text, such as latin1; default UTF-8.'),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe('Between the cells of a CSV file; default told from its first line.'),
  inherit: z
    .strictObject({ by: z.string().min(1), columns: z.array(z.string().min(1)).min(1) })
    .optional()
    .describe('Empty cells of these columns take the value of the rows before with the same `by`.'),
  skipWhenEmpty: z
    .array(z.string().min(1))
    .default([])
    .describe('Rows without a value here are left out, and are no fault.'),
  fields: z.record(
    z.string(),
    z.union([
      z
        .string()
        .min(1)
        .transform((column) => fieldSchema.parse({ column })),
      fieldSchema,
    ]),
  ),
});
export type Mapping = z.output<typeof mappingSchema>;

/** Reads a mapping file for a target. Throws a UsageError with file and line. */
export async function loadMapping(file: string, target: Target): Promise<Mapping> {
  const { value, locate } = await readMapping(file);
  if (value.target !== undefined && value.target !== target)
    throw new UsageError(
      `${file} maps ${value.target}, not ${target}`,
      `Run attune import ${value.target} …, or give another mapping.`,
    );
  const unknown = Object.keys(value.fields).find((field) => kindOf(target, field) === undefined);
  if (unknown === undefined) return value;
  const { line } = locate(['fields', unknown]);
  throw new UsageError(
    `${file}:${line}: ${target} have no field '${unknown}'`,
    'docs/guides/import.md lists the fields.',
  );
}

async function readMapping(file: string): Promise<YamlFile<Mapping>> {
  const { readYaml } = await import('@attune/server');
  try {
    return readYaml(file, mappingSchema);
  } catch (error) {
    const findings = (error as { readonly findings?: readonly { readonly line: number; readonly cause: string }[] })
      .findings;
    if (findings === undefined) throw error;
    const told = findings.map(({ line, cause }) => `${file}:${line}: ${cause}`).join('; ');
    throw new UsageError(told, 'Mend the mapping as docs/guides/import.md says.');
  }
}
