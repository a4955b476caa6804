import { type Feeds, type GraphRuntime, type GraphSession, outputPlaces, shapedFeed, shapeFor } from '@attune/training';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export interface OnnxGraphOptions {
  /** Threads of a run, default 1: results are then the same to the last bit each time. */
  readonly threads?: number;
}

/**
 * Runs graphs by ONNX Runtime on the CPU. A run blocks the thread it is called in until it ends: train in a worker
 * thread. Outputs and inputs must not lie in shared memory.
 */
export function onnxGraphRuntime({ threads = 1 }: OnnxGraphOptions = {}): GraphRuntime {
  return {
    open: async (model) => {
      const session = await InferenceSession.create(model, {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        // A plan of the memory is kept for each combination of shapes, and these differ from step to step.
        enableMemPattern: false,
        // Threads that spin while they wait cost most of the speed on a shared machine.
        extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
      });
      return graphSession(session);
    },
  };
}

function graphSession(session: InferenceSession): GraphSession {
  const inputs = shapesOf(session.inputMetadata);
  const outputs = shapesOf(session.outputMetadata);
  const tensorsOf = (feeds: Feeds): Record<string, Tensor> =>
    Object.fromEntries(
      [...inputs].map(([name, declared]) => {
        const { values, shape } = shapedFeed(name, declared, feeds[name]);
        return [name, new Tensor(values, shape)];
      }),
    );
  return {
    run: async (feeds, wanted) => {
      const places = outputPlaces(outputs.keys(), wanted);
      const fetches = Object.fromEntries(
        Array.from(places, ([name, place]) => [
          name,
          place ? new Tensor(place, shapeFor(name, outputs.get(name)!, place.length)) : null,
        ]),
      );
      const results = await session.run(tensorsOf(feeds), fetches);
      return Object.fromEntries(
        Object.entries(results).map(([name, { data }]) => {
          if (!(data instanceof Float32Array)) throw new TypeError(`output "${name}" is not float32`);
          return [name, places.get(name) ?? data];
        }),
      );
    },
    close: () => session.release(),
  };
}

/** Dimensions by name; undefined for those that the model leaves open. */
function shapesOf(
  metadata: readonly InferenceSession.ValueMetadata[],
): ReadonlyMap<string, readonly (number | undefined)[]> {
  return new Map(
    metadata.map((value) => [
      value.name,
      value.isTensor ? value.shape.map((dim) => (typeof dim === 'number' && dim >= 0 ? dim : undefined)) : [],
    ]),
  );
}
