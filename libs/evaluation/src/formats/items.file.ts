import type { ItemText } from '@attune/text';
import { z } from 'zod';
import { DataFileError } from './evaluation.errors.js';
import { firstLine, linesOf } from './file-lines.js';
import { readTable } from './table.file.js';

/** An item as a search reads it. */
export interface SearchItem extends ItemText {
  readonly id: string;
  /** As the file says, such as `en`. */
  readonly language?: string | undefined;
}

/** Items of a file, and how many ids it has again: the last of each is kept, as a catalogue would. */
export interface ItemRows {
  readonly items: readonly SearchItem[];
  readonly repeated: number;
}

/** Characters of one text that are read, as many as an item of the contract may have. */
const LONGEST = 20_000;

/**
 * Reads items: a table with `title` and `id` or `item`, or JSON objects, one a line, with `id` and `title`. Both may have
 * `description` (or `brief`), `categories` (or `category`), `brand`, `tags` and `language`; a list in a cell is separated by
 * bars. JSON may have `reviews` and `attributes`, too. Texts are cut at 20,000 characters. Throws DataFileError.
 */
export async function readItems(files: readonly string[]): Promise<ItemRows> {
  const byId = new Map<string, SearchItem>();
  let read = 0;
  const put = (item: SearchItem): void => {
    byId.set(item.id, item);
    read += 1;
  };
  for (const file of files) await ((await isJson(file)) ? readLines(file, put) : readCells(file, put));
  return { items: [...byId.values()], repeated: read - byId.size };
}

/** Whether a file has a JSON object in its first line. */
export const isJson = async (file: string): Promise<boolean> => (await firstLine(file)).trimStart().startsWith('{');

async function readCells(file: string, put: (item: SearchItem) => void): Promise<void> {
  const optional = ['id', 'item', 'description', 'categories', 'brand', 'tags', 'language'] as const;
  await readTable(file, { required: ['title'], optional }, (cells, line) => {
    const [title, ownId, item, description, categories, brand, tags, language] = cells.map(cutText);
    const id = ownId || item;
    if (!id) throw new DataFileError(`${file}:${line}: no id`, "Give each item one, in a column 'id' or 'item'.");
    put({
      id,
      title: title!,
      // A file whose only text is a description has it as its title.
      description: description === title ? undefined : description || undefined,
      categories: partsOf(categories!),
      brand: brand || undefined,
      tags: partsOf(tags!),
      language: language || undefined,
    });
  });
}

const cutText = (text: string): string => text.slice(0, LONGEST);

function partsOf(cell: string): readonly string[] | undefined {
  const parts = cell.split('|').map((part) => part.trim());
  return cell === '' ? undefined : parts.filter((part) => part !== '');
}

const text = z.union([z.string(), z.number()]).transform((value) => cutText(String(value).trim()));
const optionalText = text.nullish().transform((value) => value || undefined);
const list = z
  .union([z.array(text), text.transform(partsOf)])
  .nullish()
  .transform((value) => value ?? undefined);
/** Texts among attributes; the platform's words are of these, numbers are for filters. */
const attributes = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all ?? {}).flatMap(([name, value]) => {
        const texts = [value].flat().filter((one) => typeof one === 'string');
        return texts.length === 0 ? [] : [[name, texts.map(cutText)]];
      }),
    ),
  );
const itemSchema = z
  .looseObject({
    id: text.refine((id) => id !== '', 'must not be empty'),
    title: text.refine((title) => title !== '', 'must not be empty'),
    description: optionalText,
    brief: optionalText,
    categories: list,
    category: list,
    brand: optionalText,
    tags: list,
    reviews: optionalText,
    attributes,
    language: optionalText,
  })
  .transform(({ id, title, description, brief, categories, category, brand, tags, reviews, attributes, language }) => ({
    ...{ id, title, brand, tags, reviews, attributes, language },
    description: description ?? brief,
    categories: categories ?? category,
  }));

async function readLines(file: string, put: (item: SearchItem) => void): Promise<void> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = itemSchema.safeParse(jsonOf(line));
    if (parsed.success) put(parsed.data);
    else {
      const [issue] = parsed.error.issues;
      const why = [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ');
      throw new DataFileError(`${file}:${number}: no item (${why})`, 'Mend the line, or leave it out.');
    }
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
