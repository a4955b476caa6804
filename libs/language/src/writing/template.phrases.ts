import type { Tone, WrittenLanguage } from './description.style.js';

/** Sentences of one language. None says more than what it is given. */
export interface Phrases {
  /** Between sentences. */
  readonly gap: string;
  readonly opening: (title: string, brand: string | undefined, tone: Tone) => string;
  readonly categories: (names: readonly string[]) => string;
  readonly tags: (names: readonly string[]) => string;
  /** `isKnown`: whether the label is one that a sentence can be made with. */
  readonly attribute: (label: string, values: readonly string[], how: AttributeHow) => string;
  /** Of what a thing is or has, or is not or has not. */
  readonly yes: (label: string) => string;
  readonly no: (label: string) => string;
  /** Undefined for tones without one. */
  readonly closing: Readonly<Record<Tone, string | undefined>>;
}

interface AttributeHow {
  readonly tone: Tone;
  readonly isKnown: boolean;
}

const capitalized = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const ENGLISH: Phrases = {
  gap: ' ',
  opening(title, brand, tone) {
    const named = brand === undefined ? title : `${title} by ${brand}`;
    return tone === 'warm' ? `Meet ${named}.` : tone === 'playful' ? `Look, it is ${named}!` : `${named}.`;
  },
  categories: (names) => `Find it in ${listed(names)}.`,
  tags: (names) => `It is also filed under ${listed(names)}.`,
  attribute: (label, values, { tone, isKnown }) =>
    isKnown && tone !== 'factual' ? `The ${label} is ${listed(values)}.` : `${capitalized(label)}: ${listed(values)}.`,
  yes: (label) => `${capitalized(label)}.`,
  no: (label) => `Not ${label}.`,
  closing: { plain: undefined, factual: undefined, warm: 'We hope you like it.', playful: 'What do you think?' },
};

const CHINESE: Phrases = {
  gap: '',
  opening(title, brand, tone) {
    const named = brand === undefined ? title : `${title}，品牌${brand}`;
    return tone === 'warm' ? `为您介绍${named}。` : tone === 'playful' ? `看，这是${named}！` : `${named}。`;
  },
  categories: (names) => `分类：${names.join('、')}。`,
  tags: (names) => `标签：${names.join('、')}。`,
  attribute: (label, values, { tone, isKnown }) =>
    isKnown && tone !== 'factual' ? `${label}是${values.join('、')}。` : `${label}：${values.join('、')}。`,
  yes: (label) => `${label}：是。`,
  no: (label) => `非${label}。`,
  closing: { plain: undefined, factual: undefined, warm: '希望您喜欢。', playful: '您觉得怎么样？' },
};

export const PHRASES: Readonly<Record<WrittenLanguage, Phrases>> = { en: ENGLISH, zh: CHINESE };
