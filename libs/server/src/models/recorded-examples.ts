import type { ForeignInput } from '@attune/plugins';
import type { GraphFeed, GraphSession } from '@attune/sdk';
import type { RecordedExample, RecordedTensor } from './model-import.schema.js';
import { reasonOf, refuseModel } from './refuse-model.js';

interface Flat {
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

/** Runs what was recorded where the model was made, and refuses a model that gives other numbers. */
export async function repeatExamples(
  session: GraphSession,
  inputs: readonly ForeignInput[],
  examples: readonly RecordedExample[],
  tolerance: number,
): Promise<void> {
  for (const [i, example] of examples.entries()) {
    const at = `/examples/${i}`;
    const outputs = await session.run(feedsOf(inputs, example, i)).catch((error: unknown) => {
      throw refuseModel(`example ${i} does not run: ${reasonOf(error)}`, `${at}/inputs`, error);
    });
    for (const [name, recorded] of Object.entries(example.outputs)) {
      const found = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
      if (found === undefined) throw refuseModel(`example ${i}: the graph has no output "${name}"`, `${at}/outputs`);
      const why = difference(found, flat(recorded).values, tolerance);
      if (why !== undefined) throw refuseModel(`example ${i}: output "${name}" ${why}`, `${at}/outputs/${name}`);
    }
  }
}

function feedsOf(
  inputs: readonly ForeignInput[],
  example: RecordedExample,
  i: number,
): Readonly<Record<string, GraphFeed>> {
  const unknown = Object.keys(example.inputs).find((name) => !inputs.some((input) => input.name === name));
  if (unknown !== undefined)
    throw refuseModel(`example ${i}: the graph has no input "${unknown}"`, `/examples/${i}/inputs`);
  return Object.fromEntries(
    inputs.map(({ name, type }) => {
      const recorded = Object.hasOwn(example.inputs, name) ? example.inputs[name] : undefined;
      if (recorded === undefined) throw refuseModel(`example ${i} lacks input "${name}"`, `/examples/${i}/inputs`);
      const { values, shape } = flat(recorded);
      const whole = values.every(Number.isSafeInteger);
      if (type !== 'float32' && !whole)
        throw refuseModel(
          `example ${i}: input "${name}" is ${type}, and has fractions`,
          `/examples/${i}/inputs/${name}`,
        );
      return [name, { values: typed(type, values), shape }];
    }),
  );
}

function typed(type: ForeignInput['type'], values: readonly number[]): Float32Array | Int32Array | BigInt64Array {
  if (type === 'float32') return Float32Array.from(values);
  return type === 'int32' ? Int32Array.from(values) : BigInt64Array.from(values, BigInt);
}

/** Numbers of nested lists, with their shape by the first of each. */
function flat(tensor: RecordedTensor): Flat {
  const shape: number[] = [];
  for (let at: unknown = tensor; Array.isArray(at); at = (at as readonly unknown[])[0]) shape.push(at.length);
  const values = tensor.flat(2) as readonly number[];
  return { values, shape };
}

/** What is wrong with outputs, relative to max(1, |recorded|). */
function difference(found: Float32Array, recorded: readonly number[], tolerance: number): string | undefined {
  if (found.length !== recorded.length) return `has ${found.length} numbers, recorded are ${recorded.length}`;
  const at = recorded.findIndex(
    (value, i) => !(Math.abs(found[i]! - value) <= tolerance * Math.max(1, Math.abs(value))),
  );
  return at < 0
    ? undefined
    : `is ${found[at]} at ${at}, recorded is ${recorded[at]}: more than ${tolerance} apart. Export it in evaluation mode`;
}
