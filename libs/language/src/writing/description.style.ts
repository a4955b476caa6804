/** How a description sounds. */
export const TONES = ['plain', 'warm', 'factual', 'playful'] as const;
export type Tone = (typeof TONES)[number];

/** Most UTF-16 units of a description, by its length. */
export const DESCRIPTION_CHARS = { short: 160, medium: 400, long: 900 } as const;
export type DescriptionLength = keyof typeof DESCRIPTION_CHARS;

/** BCP 47; those whose texts can be checked and for which there is a template. */
export const WRITTEN_LANGUAGES = ['en', 'zh'] as const;
export type WrittenLanguage = (typeof WRITTEN_LANGUAGES)[number];

export interface DescriptionStyle {
  readonly tone: Tone;
  readonly length: DescriptionLength;
  readonly language: WrittenLanguage;
}
