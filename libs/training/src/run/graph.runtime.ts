/** Numbers of an input: Float32Array for `float32`, Int32Array for `int32`, BigInt64Array for `int64`. */
export type FeedValues = Float32Array | Int32Array | BigInt64Array;

/** An input of a run. The shape may be left out where the model leaves at most one dimension of it open. */
export type Feed = FeedValues | { readonly values: FeedValues; readonly shape: readonly number[] };
export type Feeds = Readonly<Record<string, Feed>>;

/**
 * Outputs of a run: the names of those wanted, which are then the only ones that are given; or arrays by the names of
 * outputs that are written to them, each as long as the output, where all are given.
 */
export type RunOutputs = readonly string[] | Readonly<Record<string, Float32Array>>;

/** Runs ONNX models; what does so is an argument, so that algorithms do not depend on it. */
export interface GraphRuntime {
  /** Opens a model. Rejects where it is none or has operators that are not known. */
  open(model: Uint8Array): Promise<GraphSession>;
}

/** A model that is ready to run. Runs of one session do not overlap: each awaits the one before. */
export interface GraphSession {
  /**
   * Computes outputs from all inputs. Rejects where an input is missing or does not fit, or where an output of a wanted
   * name is none.
   * @param outputs default: all, in new arrays
   */
  run(feeds: Feeds, outputs?: RunOutputs): Promise<Readonly<Record<string, Float32Array>>>;
  /** Gives its memory back. */
  close(): Promise<void>;
}

/**
 * For each output that is to be given, the array it is written to, or undefined for a new one.
 * @param declared names of all outputs. Throws RangeError where none is wanted, or one that is not among them.
 */
export function outputPlaces(
  declared: Iterable<string>,
  outputs: RunOutputs = {},
): Map<string, Float32Array | undefined> {
  const all = [...declared];
  if (!areNames(outputs)) return new Map(all.map((name) => [name, outputs[name]]));
  if (outputs.length === 0) throw new RangeError('no output is wanted');
  const unknown = outputs.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new RangeError(`there is no output "${unknown}": there is "${all.join('", "')}"`);
  return new Map(outputs.map((name) => [name, undefined]));
}

const areNames = (outputs: RunOutputs): outputs is readonly string[] => Array.isArray(outputs);
