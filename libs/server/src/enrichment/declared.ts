import type { Config } from '../config/config.schema.js';

type Declaring = Pick<Config, 'attributes' | 'enrichment'>;

/** Attributes that values are applied to: words, not numbers or dates. */
export const declaredKeywords = ({ attributes }: Pick<Config, 'attributes'>): ReadonlySet<string> =>
  new Set(
    Object.entries(attributes)
      .filter(([, { type }]) => type === 'keyword')
      .map(([name]) => name),
  );

/** What a run looks for: what it was asked for, else what the configuration names, of what is declared. */
export function attributesOf(asked: readonly string[] | undefined, config: Declaring): readonly string[] {
  const declared = declaredKeywords(config);
  return (asked ?? config.enrichment.attributes).filter((name) => declared.has(name));
}
