import type { Estimate } from '../metrics/bootstrap.js';
import { decadesAround, linearAxis, logAxis, tickLabel, ticksWithin, type Axis } from './axis.js';
import { bounds, figure, px, seconds, shortened } from './figures.js';
import { markup, type Markup } from './markup.js';

/** A model: what it reaches, and what that costs. */
export interface CostPoint {
  readonly name: string;
  readonly estimate: Estimate;
  readonly cpuSeconds: number;
  /** Drawn to stand out. */
  readonly chosen: boolean;
}

const WIDTH = 760;
const HEIGHT = 360;
const LEFT = 64;
const RIGHT = 600;
const TOP = 12;
const BOTTOM = 310;
/** Less cannot be told apart by a process's own clock. */
const LEAST_SECONDS = 0.001;
const LINE = 14;
const NAME_LENGTH = 26;

interface PlacedPoint extends CostPoint {
  readonly x: number;
  readonly y: number;
}

/** A metric against CPU seconds (logarithmic) as SVG; models without either are left out. */
export function scatterPlot(metric: string, all: readonly CostPoint[]): Markup {
  const points = all.filter(
    ({ estimate, cpuSeconds }) => Number.isFinite(estimate.mean) && Number.isFinite(cpuSeconds),
  );
  if (points.length === 0) return markup``;
  const costs = points.map(({ cpuSeconds }) => Math.max(LEAST_SECONDS, cpuSeconds));
  const decades = decadesAround(Math.min(...costs), Math.max(...costs));
  const x = logAxis([decades[0]!, decades.at(-1)!], [LEFT, RIGHT]);
  const [low, high] = rangeOf(points);
  const y = linearAxis([low, high], [BOTTOM, TOP]);
  const placed = points.map((point, i) => ({ ...point, x: px(x(costs[i]!)), y: px(y(point.estimate.mean)) }));
  const ticks = ticksOf({ x, y, decades, levels: ticksWithin(low, high, 5) });
  const title = `${metric} against CPU seconds`;
  const told = points.map((point) => toldOf(point)).join('; ');
  return markup`<div class="scroll">
<svg class="plot wide" role="img" aria-label="${title}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<title>${title}</title>
<desc>${told}</desc>
${ticks}${placed.map((point) => mark(point, y))}${labelsOf(placed)}
<text class="tick" x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">CPU seconds, search included</text>
<text class="tick" x="${-(TOP + BOTTOM) / 2}" y="14" text-anchor="middle" transform="rotate(-90)">${metric}</text>
</svg>
</div>`;
}

interface Ticks {
  readonly x: Axis;
  readonly y: Axis;
  readonly decades: readonly number[];
  readonly levels: readonly number[];
}

function ticksOf({ x, y, decades, levels }: Ticks): readonly Markup[] {
  const columns = decades.map((value) => {
    const at = px(x(value));
    return markup`<line class="grid" x1="${at}" x2="${at}" y1="${TOP}" y2="${BOTTOM}"/>
<text class="tick" x="${at}" y="${BOTTOM + 16}" text-anchor="middle">${tickLabel(value)}</text>
`;
  });
  const rows = levels.map((value) => {
    const at = px(y(value));
    return markup`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${at}" y2="${at}"/>
<text class="tick" x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${tickLabel(value)}</text>
`;
  });
  return [...columns, ...rows];
}

function mark(point: PlacedPoint, y: Axis): Markup {
  const { estimate, x } = point;
  const path = `M${x} ${px(y(estimate.low))}V${px(y(estimate.high))}`;
  const bounded = Number.isFinite(estimate.low) && Number.isFinite(estimate.high);
  return markup`<g class="${point.chosen ? 'chosen' : 'other'}">
<title>${toldOf(point)}</title>
${bounded ? markup`<path class="interval" d="${path}"/>` : ''}<circle class="point" cx="${x}" cy="${point.y}" r="5"/>
</g>
`;
}

/** Names beside their points, moved down where they would lie on another. */
function labelsOf(points: readonly PlacedPoint[]): readonly Markup[] {
  const taken: { readonly x: number; readonly y: number }[] = [];
  return points
    .toSorted((a, b) => a.y - b.y)
    .map(({ name, x, y, chosen }) => {
      const label = shortened(name, NAME_LENGTH);
      let at = y + 4;
      // About seven pixels a character: those so far apart cannot meet.
      const near = taken.filter((other) => Math.abs(other.x - x) < 7 * NAME_LENGTH);
      for (const other of near) if (Math.abs(other.y - at) < LINE) at = other.y + LINE;
      taken.push({ x, y: at });
      return markup`<text class="${chosen ? 'name chosen' : 'name'}" x="${px(x + 9)}" y="${px(at)}">${label}</text>
`;
    });
}

const toldOf = ({ name, estimate, cpuSeconds }: CostPoint): string =>
  `${name}: ${figure(estimate.mean)}, ${bounds(estimate)}, ${seconds(cpuSeconds)} CPU seconds`;

/** Of means and bounds, with a little room around them. */
function rangeOf(points: readonly CostPoint[]): readonly [number, number] {
  const values = points.flatMap(({ estimate }) => [estimate.mean, estimate.low, estimate.high]).filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return [low - room, high + room];
}
