import type { Estimate } from '../metrics/bootstrap.js';
import { markup, type Markup } from './markup.js';

/** A metric's value; a dash where there is none. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? value.toFixed(Math.abs(value) >= 100 ? 1 : 4) : '–';

/** Its bounds. */
export const bounds = ({ low, high }: Estimate): string => `${figure(low)} to ${figure(high)}`;

/** Both, for a cell of a table. */
export const estimateCell = (estimate: Estimate | undefined): Markup =>
  estimate === undefined ? markup`–` : markup`${figure(estimate.mean)} <small>${bounds(estimate)}</small>`;

/** Seconds in as many digits as matter. */
export const seconds = (value: number): string => (Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : 0) : '–');

/** A count with its thousands set apart. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** A probability that is small where it matters. */
export const probability = (p: number): string => (p < 0.001 ? '< 0.001' : Number.isFinite(p) ? p.toFixed(3) : '–');

/** A name in the room that a plot has for it. */
export const shortened = (name: string, length: number): string => {
  const characters = [...name];
  return characters.length <= length ? name : `${characters.slice(0, length - 1).join('')}…`;
};

/** A coordinate: a tenth of a pixel is enough. */
export const px = (value: number): number => Math.round(value * 10) / 10;
