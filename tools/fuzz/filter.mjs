// What a filter means, read once more from its documentation and not from the server's code.

/** Whether an item fits a filter. */
export function fits(filter, item) {
  return Object.entries(filter).every(([key, value]) => {
    if (key === '$and') return value.every((one) => fits(one, item));
    if (key === '$or') return value.some((one) => fits(one, item));
    if (key === '$not') return !fits(value, item);
    return holds(valuesAt(item, key), value);
  });
}

function holds(values, condition) {
  if (condition === null || typeof condition !== 'object') return values.includes(condition);
  return Object.entries(condition).every(([operator, operand]) => TESTS[operator](values, operand));
}

const compared = (test) => (values, operand) =>
  values.some((value) => typeof value === typeof operand && typeof value !== 'boolean' && test(value, operand));

const TESTS = {
  $eq: (values, operand) => values.includes(operand),
  $ne: (values, operand) => !values.includes(operand),
  $in: (values, operands) => values.some((value) => operands.includes(value)),
  $nin: (values, operands) => !values.some((value) => operands.includes(value)),
  $gt: compared((value, operand) => value > operand),
  $gte: compared((value, operand) => value >= operand),
  $lt: compared((value, operand) => value < operand),
  $lte: compared((value, operand) => value <= operand),
  $exists: (values, operand) => values.length > 0 === operand,
};

/** An array field stands for its members; `available` is true where nothing is said. */
function valuesAt(item, path) {
  const keys = path.startsWith('attributes.') ? ['attributes', path.slice('attributes.'.length)] : path.split('.');
  const value = keys.reduce(
    (at, key) => (at !== null && typeof at === 'object' && Object.hasOwn(at, key) ? at[key] : undefined),
    item,
  );
  if (value === undefined) return path === 'available' ? [true] : [];
  return Array.isArray(value) ? value : [value];
}
