import { wholeDerivatives } from './derivative-sums.js';
import { binRows } from './feature-bins.js';
import { type GrowthRules, TreeGrower, type TreeNode } from './tree.grower.js';

function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const rules = (changes: Partial<GrowthRules> = {}): GrowthRules => ({
  leaves: 2,
  learningRate: 1,
  minLeafRows: 1,
  minLeafHessian: 0,
  lambda: 0,
  minGain: 0,
  ...changes,
});

interface World {
  readonly features: Float32Array;
  readonly columns: number;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Few distinct numbers, so that columns have ties and NaN, and any derivatives. */
function world(seed: number, rows: number, columns: number): World {
  const random = chance(seed);
  const number = (): number => (random() < 0.15 ? NaN : Math.floor(random() * 6));
  return {
    features: Float32Array.from({ length: rows * columns }, number),
    columns,
    gradients: Float64Array.from({ length: rows }, () => random() * 2 - 1),
    hessians: Float64Array.from({ length: rows }, () => random() * 0.25),
  };
}

function grow({ features, columns, gradients, hessians }: World, by: GrowthRules): TreeNode[] {
  const rows = gradients.length;
  const binned = binRows({ features, columns }, { maxBins: 255, random: chance(1) }, {});
  const derivatives = wholeDerivatives(gradients, hessians, new Float64Array(2 * rows));
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const asked = Int32Array.from({ length: columns }, (_, column) => column);
  return new TreeGrower(binned, by).grow({ order, derivatives, columns: asked }, {});
}

const sum = (rows: readonly number[], of: Float64Array): number => rows.reduce((total, row) => total + of[row]!, 0);

/** The largest gain over every column, number and side for NaN, tried one by one over the given rows. */
function bestGain({ features, columns, gradients, hessians }: World, by: GrowthRules, rows: readonly number[]): number {
  const worth = (part: readonly number[]): number => sum(part, gradients) ** 2 / (sum(part, hessians) + by.lambda);
  const allowed = (part: readonly number[]): boolean =>
    part.length >= by.minLeafRows && sum(part, hessians) >= by.minLeafHessian;
  let best = 0;
  for (let column = 0; column < columns; column++)
    for (const threshold of [0, 1, 2, 3, 4, 5, Infinity])
      for (const nanLeft of [true, false]) {
        const value = (row: number): number => features[row * columns + column]!;
        const left = rows.filter((row) => value(row) <= threshold || (nanLeft && Number.isNaN(value(row))));
        const right = rows.filter((row) => !left.includes(row));
        if (allowed(left) && allowed(right)) best = Math.max(best, worth(left) + worth(right) - worth(rows));
      }
  return best;
}

const everyRow = ({ gradients }: World): number[] => [...gradients.keys()];

describe('TreeGrower', () => {
  it.each([
    ['no limits', {}],
    ['leaves of at least nine rows', { minLeafRows: 9 }],
    ['leaves of at least a hessian', { minLeafHessian: 1.1 }],
    ['a penalty', { lambda: 0.7 }],
  ])('finds the split that trying all finds: %s', (_name, changes) => {
    for (let seed = 1; seed <= 20; seed++) {
      const of = world(seed, 40, 3);
      const [root] = grow(of, rules(changes));
      expect(root?.question?.gain ?? 0).toBeCloseTo(bestGain(of, rules(changes), everyRow(of)), 9);
    }
  });

  it('gives every leaf the value that lowers its loss most, and nodes above the mean of their rows', () => {
    const of = world(3, 60, 2);
    const by = rules({ leaves: 6, lambda: 0.3, learningRate: 0.5 });
    const nodes = grow(of, by);
    expect(nodes).toHaveLength(11);
    const rowsAt = rowsOfNodes(of, nodes);
    nodes.forEach((node, place) => {
      const rows = rowsAt[place]!;
      expect(node.to - node.from).toBe(rows.length);
      if (node.question === undefined)
        expect(node.value).toBeCloseTo((-0.5 * sum(rows, of.gradients)) / (sum(rows, of.hessians) + 0.3), 9);
      else {
        const [left, right] = [nodes[node.question.left]!, nodes[node.question.left + 1]!];
        const total = left.value * (left.to - left.from) + right.value * (right.to - right.from);
        expect(node.value).toBeCloseTo(total / rows.length, 12);
        // Below the root, histograms are what a subtraction left.
        expect(node.question.gain).toBeCloseTo(bestGain(of, by, rows), 9);
      }
    });
  });

  it('splits the leaf first whose split gains most', () => {
    const of = world(5, 80, 3);
    const gains = (leaves: number): number[] =>
      grow(of, rules({ leaves })).flatMap(({ question }) => question?.gain ?? []);
    for (let leaves = 3; leaves < 12; leaves++) {
      const [before, after] = [gains(leaves - 1), gains(leaves)];
      const added = after.filter((gain) => !before.includes(gain));
      expect(added).toHaveLength(1);
      const nodes = grow(of, rules({ leaves: leaves - 1 }));
      const open = rowsOfNodes(of, nodes).filter((_, place) => nodes[place]!.question === undefined);
      expect(added[0]).toBeCloseTo(Math.max(...open.map((rows) => bestGain(of, rules(), rows))), 9);
    }
  });

  it('sends NaN with the larger side where the leaf had none', () => {
    const ask = (values: readonly number[], gradients: readonly number[]) =>
      grow(
        {
          features: Float32Array.from(values),
          columns: 1,
          gradients: Float64Array.from(gradients),
          hessians: new Float64Array(values.length).fill(1),
        },
        rules(),
      )[0]?.question;
    expect(ask([1, 1, 1, 2], [-1, -1, -1, 1])).toMatchObject({ threshold: 1.5, nanLeft: true });
    expect(ask([1, 2, 2, 2], [-1, 1, 1, 1])).toMatchObject({ threshold: 1.5, nanLeft: false });
    expect(ask([NaN, 1, 2, 2], [-1, -1, 1, 1])).toMatchObject({ threshold: 1.5, nanLeft: true });
    expect(ask([1, 2, NaN, NaN], [-1, -1, 1, 1])).toMatchObject({ threshold: Infinity, nanLeft: false });
  });

  it('stays one leaf where no split gains or is allowed', () => {
    const of = world(2, 40, 3);
    expect(grow({ ...of, gradients: new Float64Array(40) }, rules())).toHaveLength(1);
    expect(grow({ ...of, hessians: new Float64Array(40) }, rules())).toHaveLength(1);
    expect(grow({ ...of, features: new Float32Array(120) }, rules())).toHaveLength(1);
    expect(grow(of, rules({ minLeafRows: 21 }))).toHaveLength(1);
    expect(grow(of, rules({ minGain: 1000 }))).toHaveLength(1);
  });
});

/** Rows of each node, by asking its questions. */
function rowsOfNodes(of: World, nodes: readonly TreeNode[]): number[][] {
  const rows: number[][] = nodes.map(() => []);
  rows[0] = everyRow(of);
  nodes.forEach(({ question }, place) => {
    if (question === undefined) return;
    const { column, threshold, nanLeft, left } = question;
    for (const row of rows[place]!) {
      const value = of.features[row * of.columns + column]!;
      rows[left + (value <= threshold || (nanLeft && Number.isNaN(value)) ? 0 : 1)]!.push(row);
    }
  });
  return rows;
}
