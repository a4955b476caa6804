import { createHash } from 'node:crypto';

/** The calls that answer with pages. */
export type PagedCall = 'recommend' | 'search';

/** Where a page starts, in which frozen slate. */
export interface Place {
  /** Of the frozen slate: random, and known to nobody but the caller who got it. */
  readonly id: string;
  /** Place of the first item from 0. */
  readonly from: number;
}

const CURSOR = /^([\w-]{22})\.([1-9]\d{0,3})\.([\w-]{16})$/;

/** A cursor says its place and whose it is, so that a foreign one is told from one that has expired. */
export function encodeCursor({ id, from }: Place, owner: string): string {
  return `${id}.${from}.${checkOf({ id, from }, owner)}`;
}

/** Undefined for what was never a cursor of this owner: a tenant's one call. */
export function decodeCursor(cursor: string, owner: string): Place | undefined {
  const [, id, from, check] = CURSOR.exec(cursor) ?? [];
  if (id === undefined || from === undefined) return undefined;
  const place = { id, from: Number(from) };
  return check === checkOf(place, owner) ? place : undefined;
}

/** No secret: what is guarded is reached by the id alone, which cannot be guessed. */
const checkOf = ({ id, from }: Place, owner: string): string =>
  createHash('sha256').update(`${id} ${from} ${owner}`).digest('base64url').slice(0, 16);
