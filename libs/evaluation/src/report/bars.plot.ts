import type { Estimate } from '../metrics/bootstrap.js';
import { linearAxis, tickLabel, ticksWithin } from './axis.js';
import { bounds, figure, px, shortened } from './figures.js';
import { markup, type Markup } from './markup.js';

/** A model's bar. */
export interface Bar {
  readonly name: string;
  readonly estimate: Estimate;
  /** Drawn to stand out. */
  readonly chosen: boolean;
}

/** One panel: bars from 0 with their intervals. */
export interface BarPanel {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Where the scale ends, so that panels can share it. */
  readonly high: number;
}

const WIDTH = 440;
const ROW = 24;
const TOP = 6;
const LEFT = 150;
const RIGHT = 380;
const NAME_LENGTH = 21;

/** The end of a scale that holds every bar and its interval. */
export const scaleEnd = (bars: readonly Bar[]): number =>
  bars.reduce((most, { estimate: { mean, high } }) => Math.max(most, finite(mean), finite(high)), 0) || 1;

/** Horizontal bars as SVG, in the order given, with title and description. */
export function barPlot({ title, bars, high }: BarPanel): Markup {
  const bottom = TOP + bars.length * ROW;
  const x = linearAxis([0, high], [LEFT, RIGHT]);
  const ticks = ticksWithin(0, high, 4).map((value) => {
    const at = px(x(value));
    return markup`<line class="grid" x1="${at}" x2="${at}" y1="${TOP}" y2="${bottom}"/>
<text class="tick" x="${at}" y="${bottom + 14}" text-anchor="middle">${tickLabel(value)}</text>
`;
  });
  const told = bars.map(({ name, estimate }) => `${name}: ${figure(estimate.mean)}, ${bounds(estimate)}`).join('; ');
  const rows = bars.map((bar, i) => barRow(bar, TOP + i * ROW, x));
  return markup`<svg class="plot" role="img" aria-label="${title}" viewBox="0 0 ${WIDTH} ${bottom + 20}">
<title>${title}</title>
<desc>Means with 95 % intervals. ${told}</desc>
${ticks}${rows}<line class="axis" x1="${LEFT}" x2="${LEFT}" y1="${TOP}" y2="${bottom}"/>
</svg>`;
}

function barRow({ name, estimate, chosen }: Bar, top: number, x: (value: number) => number): Markup {
  const middle = px(top + ROW / 2);
  const [mean, low, high] = [estimate.mean, estimate.low, estimate.high].map((value) => px(x(finite(value))));
  const path = `M${low!} ${middle}H${high!}M${low!} ${middle - 4}v8M${high!} ${middle - 4}v8`;
  const interval = Number.isFinite(estimate.low) ? markup`<path class="interval" d="${path}"/>` : '';
  return markup`<g class="${chosen ? 'chosen' : 'other'}">
<title>${name}: ${figure(estimate.mean)}, ${bounds(estimate)}</title>
<text class="name" x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${shortened(name, NAME_LENGTH)}</text>
<rect class="bar" x="${LEFT}" y="${px(top + 4)}" width="${px(mean! - LEFT)}" height="${ROW - 8}"/>
${interval}<text class="value" x="${RIGHT + 8}" y="${middle + 4}">${figure(estimate.mean)}</text>
</g>
`;
}

/** Where a value is missing, or below the scale, the bar has no length. */
const finite = (value: number): number => (Number.isFinite(value) ? Math.max(0, value) : 0);
