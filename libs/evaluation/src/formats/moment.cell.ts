import { DataFileError } from './evaluation.errors.js';

/** Where a time is no number. */
const ISO_DATE = /^\d{4}-\d\d-\d\d/;
/** A time of day without a zone: read as UTC, so that a file means the same everywhere. */
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ][\d:.]+$/;
/** Seconds since 1970 are below this, milliseconds above, from 1973 on. */
const SECONDS_BELOW = 1e11;

/** A cell as a moment, ms since 1970: ISO 8601, or a number of seconds or milliseconds since 1970. Throws DataFileError. */
export function momentOf(text: string, line: number, file: string): number {
  const value = ISO_DATE.test(text) ? isoMoment(text) : numberOf(text);
  if (!Number.isFinite(value))
    throw new DataFileError(`${file}:${line}: '${text}' is no time`, 'Give ISO 8601 times, or seconds since 1970.');
  return value;
}

/** An ISO 8601 text, ms since 1970; undefined for what does not look like one, NaN for one that is none. */
export const isoTime = (text: string): number | undefined => (ISO_DATE.test(text) ? isoMoment(text) : undefined);

const isoMoment = (text: string): number => Date.parse(WITHOUT_ZONE.test(text) ? `${text.replace(' ', 'T')}Z` : text);

function numberOf(text: string): number {
  const value = Number(text);
  return Math.abs(value) < SECONDS_BELOW ? value * 1000 : value;
}
