// What is taken up after what: two vectors an item, learned by gradient descent.
const { defineScorer, defineTrainer } = require('@attune/sdk');
const { gather, Graph, normal, softmaxCrossEntropy } = require('@attune/training');
const { initialState, TrainingRun, trainingStep } = require('@attune/training');

const DIMS = 16;
const EPOCHS = 30;
const BATCH = 64;
const RATE = 0.02;

/** How badly the items that came next are told from those before: a scalar. */
function lossOf(items) {
  const graph = new Graph();
  const vectors = normal([items, DIMS], 0.1);
  const { before, after } = graph.parameters({ before: vectors, after: vectors });
  return softmaxCrossEntropy({
    queries: gather(before, graph.input('from', ['N'], 'int32')),
    items: after,
    targets: graph.input('to', ['N'], 'int32'),
    weights: graph.input('weight', []),
  });
}

/** Each event's item with that of the same user's next one. */
function pairsOf({ size, users, items }) {
  const latest = new Map();
  const pairs = [];
  for (let e = 0; e < size; e++) {
    if (latest.has(users[e])) pairs.push([latest.get(users[e]), items[e]]);
    latest.set(users[e], items[e]);
  }
  return pairs;
}

async function fit(data, { graphs, random, progress, deadline }) {
  const pairs = pairsOf(data);
  if (pairs.length === 0) throw new Error('nobody took up two items: send more events first');
  const loss = lossOf(data.itemIds.length);
  const run = await TrainingRun.open(graphs, trainingStep(loss), initialState(loss.graph.start(random)));
  const steps = EPOCHS * Math.ceil(pairs.length / BATCH);
  const losses = [];
  try {
    while (losses.length < steps) {
      deadline.signal.throwIfAborted();
      progress(losses.length, steps);
      const some = Array.from({ length: BATCH }, () => pairs[Math.floor(random() * pairs.length)]);
      const from = Int32Array.from(some, ([item]) => item);
      const to = Int32Array.from(some, ([, next]) => next);
      const told = await run.step({ from, to, weight: Float32Array.of(1 / BATCH) }, RATE);
      losses.push(told.loss);
    }
    const [before, after] = loss.graph.parts.map((part) => run.parameters.slice(part.from, part.from + part.size));
    const last = losses.slice(-EPOCHS).reduce((sum, one) => sum + one, 0) / EPOCHS;
    return {
      meta: { dims: DIMS, pairs: pairs.length },
      arrays: { before, after },
      ids: { items: data.itemIds },
      // How much better than to call every item as likely as any other, in nats: above 0, or it is not promoted.
      evaluation: { metric: 'gain', value: Math.log(data.itemIds.length) - last, minimum: 0.01 },
    };
  } finally {
    await run.close();
  }
}

exports.nextItemTrainer = defineTrainer({ id: 'next-item', version: '1.0.0', setup: () => ({ fit }) });

exports.nextItemScorer = defineScorer({
  id: 'next-item',
  version: '1.0.0',
  needs: ['history'],
  uses: ['artifacts'],
  setup: async (_, { artifacts }) => {
    const model = await artifacts.open('next-item');
    const [items, before, after] = [model.ids('items'), model.floats('before'), model.floats('after')];
    return {
      score({ requests, offsets, candidates }, out) {
        const rows = candidates.rows(items);
        requests.forEach(({ history }, r) => {
          const last = history.rows(items).findLast((row) => row >= 0);
          if (last === undefined) return;
          for (let c = offsets[r]; c < offsets[r + 1]; c++) if (rows[c] >= 0) out[c] = product(last, rows[c]);
        });
      },
    };
    function product(from, to) {
      let sum = 0;
      for (let d = 0; d < DIMS; d++) sum += before[from * DIMS + d] * after[to * DIMS + d];
      return sum;
    }
  },
});
