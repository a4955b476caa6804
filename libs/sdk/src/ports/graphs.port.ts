/** Numbers of an input: Float32Array for `float32`, Int32Array for `int32`, BigInt64Array for `int64`. */
export type GraphValues = Float32Array | Int32Array | BigInt64Array;

/** An input of a run. The shape may be left out where the graph leaves at most one dimension of it open. */
export type GraphFeed = GraphValues | { readonly values: GraphValues; readonly shape: readonly number[] };

/**
 * Outputs of a run: the names of those wanted, which are then the only ones that are given; or arrays by the names of
 * outputs that are written to them, each as long as the output, where all are given.
 */
export type GraphOutputs = readonly string[] | Readonly<Record<string, Float32Array>>;

/** A graph that is ready to run. Runs of one session do not overlap: each awaits the one before. */
export interface GraphSession {
  /**
   * Computes outputs from all inputs, by their names; outputs are float32, row by row. Rejects where an input is missing
   * or does not fit, or where an output of a wanted name is none. Blocks its thread meanwhile: where slates are served a
   * run takes a few milliseconds at most.
   * @param outputs default: all, in new arrays. Name those wanted where a graph has large ones that are not
   */
  run(
    feeds: Readonly<Record<string, GraphFeed>>,
    outputs?: GraphOutputs,
  ): Promise<Readonly<Record<string, Float32Array>>>;
  /** Gives its memory back. */
  close(): Promise<void>;
}

/** Runs ONNX graphs on one thread: the same inputs give the same bits. */
export interface GraphPort {
  /**
   * Opens a graph, given as the bytes of an ONNX file without external data. Who opens one closes it (`dispose`).
   * Rejects where the bytes are none, where an operator is not known, or where too many are open.
   */
  open(model: Uint8Array): Promise<GraphSession>;
}
