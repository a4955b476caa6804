import { InvalidRequest } from '../problems/invalid-request.js';

/** Objects within each other; what a stack holds with ease, and more than an item has. */
const MAX_DEPTH = 32;

type Members = Readonly<Record<string, unknown>>;

/**
 * JSON merge patch, RFC 7396: null removes, objects merge, everything else replaces. Throws InvalidRequest where the patch
 * nests deeper than 32 objects.
 */
export function mergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isObject(patch)) return patch;
  if (depth > MAX_DEPTH) throw tooDeep();
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value, depth + 1));
  }
  return Object.fromEntries(merged);
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function tooDeep(): InvalidRequest {
  const message = `nests deeper than ${MAX_DEPTH} objects`;
  return new InvalidRequest([{ code: 'custom', path: [], message, input: undefined }]);
}
