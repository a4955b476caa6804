import { Csr } from '@attune/numeric';
import { defineRetriever, mayProfile, type Artifact, type View } from '@attune/sdk';
import { z } from 'zod';
import { perMoment } from '../counts/per-moment.js';
import { bestRows } from '../proposals/best-rows.js';

const options = z.strictObject({
  /** Name of the model: the artifact of the trainer of this id. */
  artifact: z.string().default('popular-by-segment'),
  /** Event types counted for everybody, where the segment is unknown or small. */
  types: z.array(z.string()).min(1).default(['purchase']),
});

/**
 * Items by how many users of the same segment have them; the score is their number. The segment is the user's value of
 * the attribute the model was trained on (unless profiling was refused), else the request context's member of that name. Where it is unknown or too
 * small to be in the model, everybody's counts up to the request's clock, and the trace says `SEGMENT_UNKNOWN`. Waits for
 * the artifact.
 */
export const popularBySegmentRetriever = defineRetriever({
  id: 'popular-by-segment',
  version: '1.0.0',
  config: options,
  needs: ['user', 'context'],
  uses: ['artifacts', 'counts'],
  traits: { coldItem: false, memory: 'resident' },
  async setup({ artifact, types }, { artifacts, counts }) {
    const model = segmentsOf(await artifacts.open(artifact));
    return {
      async retrieve(requests, limit, call) {
        const rows = requests.map((request) => model.rowOf(request));
        const unknown = requests.filter((_, r) => rows[r]! < 0);
        const everybody = await perMoment(unknown, (now) => counts.window({ types, from: -Infinity, to: now }));
        if (unknown.length > 0) call.note('SEGMENT_UNKNOWN', `everybody's counts: no segment of '${model.attribute}'`);
        const lists = requests.map((request, r) => {
          const known = rows[r]! >= 0;
          const counted = known
            ? { vocabulary: model.items, byRow: model.countsOf(rows[r]!) }
            : everybody[unknown.indexOf(request)]!;
          return bestRows(counted, request, limit);
        });
        return Promise.all(lists);
      },
    };
  },
});

function segmentsOf(artifact: Artifact) {
  const [segments, items] = [artifact.ids('segments'), artifact.ids('items')];
  const counts = Csr.fromArrays(
    { rows: segments.size, cols: items.size },
    { indptr: artifact.ints('indptr'), indices: artifact.ints('indices'), values: artifact.floats('values') },
  );
  const attribute = String(artifact.meta['attribute']);
  const dense = new Map<number, Float32Array>();
  return {
    attribute,
    items,
    /** Row of the first of a request's values that is a segment, −1 where none is. */
    rowOf({ user, context }: View<'user' | 'context'>): number {
      const said = [mayProfile(user) ? user?.attributes : undefined, context].map((of) =>
        of !== undefined && Object.hasOwn(of, attribute) ? of[attribute] : undefined,
      );
      const values = said.flat().filter((value) => value !== undefined);
      return values.map((value) => segments.row(String(value))).find((row) => row >= 0) ?? -1;
    },
    /** `[items]`, made when a segment is first asked for. */
    countsOf(row: number): Float32Array {
      const known = dense.get(row);
      if (known !== undefined) return known;
      const made = new Float32Array(items.size);
      const { indices, values } = counts.row(row);
      indices.forEach((item, i) => (made[item] = values[i]!));
      dense.set(row, made);
      return made;
    },
  };
}
