import type { WrittenLanguage } from '../writing/description.style.js';
import { interestText, priceText } from './interest.phrases.js';
import type { InterestLine, Interests } from './interests.types.js';
import { compare } from './value-table.js';

export interface InterestLinesOptions {
  readonly language: WrittenLanguage;
  /** Most lines, and of them at most half of one path. Default 12. */
  readonly limit?: number;
}

/** A weight of which an interest is half as strong as can be. */
const HALF_STRONG = 2;
/** Weaker ones are chance. */
const LEAST_STRENGTH = 0.05;
/** What less than so many events tell is no habit of paying. */
const LEAST_PAID = 3;
const DEFAULT_LIMIT = 12;
/** Of equals, the one that says more comes first. */
const ORDER = ['categories', 'brand', 'price', 'query', 'aspects', 'attributes', 'tags'];

/**
 * What somebody is interested in, in words, the strongest first; nothing that events speak against. Strength is 0 to
 * 1: the weight as of the newest event, over itself and 2.
 */
export function interestLines(
  interests: Interests,
  { language, limit = DEFAULT_LIMIT }: InterestLinesOptions,
): readonly InterestLine[] {
  const fade = 2 ** -((interests.asOf % interests.halfLifeMs) / interests.halfLifeMs);
  const lines = [...valueLines(interests, fade, language), ...priceLines(interests, fade, language)]
    .filter(({ strength }) => strength >= LEAST_STRENGTH)
    .sort((a, b) => b.strength - a.strength || placeOf(a) - placeOf(b) || compare(a.id, b.id));
  const ofPath = new Map<string, number>();
  const most = Math.ceil(limit / 2);
  return lines
    .filter(({ path }) => {
      const count = (ofPath.get(path) ?? 0) + 1;
      ofPath.set(path, count);
      return count <= most;
    })
    .slice(0, limit);
}

const placeOf = ({ path }: InterestLine): number => ORDER.indexOf(path.split('.', 1)[0]!);

/** Stable: the path, with its own colons written otherwise, a colon, the value. */
export const lineId = (path: string, value: string): string =>
  `${path.replaceAll('%', '%25').replaceAll(':', '%3A')}:${value}`;

/** What an id names; undefined where it is none. */
export function partsOfId(id: string): { readonly path: string; readonly value: string } | undefined {
  const colon = id.indexOf(':');
  if (colon < 1) return undefined;
  const path = id.slice(0, colon).replaceAll('%3A', ':').replaceAll('%25', '%');
  return { path, value: id.slice(colon + 1) };
}

function strengthOf(weight: number): number {
  return weight <= 0 ? 0 : weight / (weight + HALF_STRONG);
}

function valueLines({ facets }: Interests, fade: number, language: WrittenLanguage): readonly InterestLine[] {
  return facets.flatMap(({ path, values }) =>
    values.map(([value, weight, events, lastAt]): InterestLine => {
      const strength = strengthOf(weight * fade);
      const text = interestText({ path, value, strength }, language);
      return { id: lineId(path, value), path, value, strength, text, by: 'events', evidence: { events, lastAt } };
    }),
  );
}

/** Two thirds of what was paid lie within a spread of the mean. */
function priceLines({ prices }: Interests, fade: number, language: WrittenLanguage): readonly InterestLine[] {
  return prices
    .filter(([, , weight, , , events]) => events >= LEAST_PAID && weight > 0)
    .map(([category, currency, weight, sum, squares, events, lastAt]): InterestLine => {
      const mean = sum / weight;
      const spread = Math.sqrt(Math.max(0, squares / weight - mean * mean));
      const [low, high] = [Math.exp(mean - spread), Math.exp(mean + spread)];
      const value = `${currency} ${category}`.trim();
      const text = priceText({ category, currency, low, high }, language);
      const evidence = { events, lastAt };
      return {
        id: lineId('price', value),
        path: 'price',
        value,
        strength: strengthOf(weight * fade),
        text,
        by: 'events',
        evidence,
      };
    });
}
