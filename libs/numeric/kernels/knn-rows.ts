import {
  ALIVE_AT,
  blockOf,
  codesAt,
  ERROR32_AT,
  ERROR_AT,
  largest,
  LEAST_NORM,
  MOST_NORM,
  norm,
  NORM32_AT,
  NORM_AT,
  padded,
  SCALE32_AT,
  vectorAt,
} from './shared/blocks';

export { openIndex, vectorAt } from './shared/blocks';

/** Encodes the f32 vector already written at vectorAt(row); false, and the row left out, when it is not finite. */
export function encodeRow(row: i32): bool {
  const block = blockOf(row);
  const slot = <usize>(row & 255);
  const vector = vectorAt(row);
  const codes = codesAt(row);
  const length = norm(vector, padded);
  if (!(length < Infinity)) {
    store<u8>(block + ALIVE_AT + slot, 0);
    return false;
  }
  const top = largest(vector, padded);
  const scale = top / 127;
  const inverse = top > 0 ? 127 / top : 0;
  let error: f64 = 0;
  for (let i = 0; i < padded; i++) {
    const x = <f64>load<f32>(vector + ((<usize>i) << 2));
    const code = min<f64>(127, max<f64>(-127, nearest(x * inverse)));
    store<i8>(codes + ((<usize>(i >> 4)) << 6) + <usize>(i & 15), <i8>(<i32>code));
    const e = x - scale * code;
    error += e * e;
  }
  store<f64>(block + (slot << 3), scale);
  store<f64>(block + ERROR_AT + (slot << 3), sqrt(error));
  store<f64>(block + NORM_AT + (slot << 3), length);
  // NaN fails every coarse test, which leaves the row to the f64 bound.
  const usual = length == 0 || (scale > LEAST_NORM && length < MOST_NORM);
  store<f32>(block + SCALE32_AT + (slot << 2), usual ? <f32>scale : NaN);
  store<f32>(block + ERROR32_AT + (slot << 2), <f32>sqrt(error));
  store<f32>(block + NORM32_AT + (slot << 2), <f32>length);
  store<u8>(block + ALIVE_AT + slot, 255);
  return true;
}

export function isAlive(row: i32): bool {
  return load<u8>(blockOf(row) + ALIVE_AT + <usize>(row & 255)) != 0;
}

export function dropRow(row: i32): void {
  store<u8>(blockOf(row) + ALIVE_AT + <usize>(row & 255), 0);
}
