import { amountAt, type Amount } from './amounts.js';
import { isJoining, type Reading } from './reading.js';
import { hasTag, isPlain, type Unit } from './units.js';
import type { Constraint } from './wish.js';

export const PRICE = 'price.amount';
const AROUND = 0.2;
/** As far as this before an amount stands what bounds it. */
const LONGEST_LEAD = 6;

type Bound = 'max' | 'min' | 'around';

/** What is said before an amount. */
interface Lead {
  /** Place of its first unit; the amount's own where nothing is said. */
  readonly from: number;
  readonly bound: Bound | undefined;
  /** Whether its bound is also said of other numbers. */
  readonly weak: boolean;
  readonly between: boolean;
  readonly budget: boolean;
  readonly price: boolean;
}

/** One or two amounts, and what follows them. */
interface Amounts {
  readonly first: Amount;
  readonly second: Amount | undefined;
  readonly to: number;
  readonly after: Bound | undefined;
  readonly budget: boolean;
}

/**
 * Reads prices: numbers with a currency, with a bound ("under 10"), or said to be a price. A number alone is none, nor is
 * one that counts something ("under 10 cm") or says how many ("at least 3 pockets").
 * @param shop its currency (a price in another goes to `foreign`), and whether numbers without one are places that are
 *   compared ("between 1 and 3")
 */
export function readPrices(
  reading: Reading,
  { currency, compares }: { readonly currency: string | undefined; readonly compares: boolean },
): void {
  for (let at = 0; at < reading.units.length; at++) {
    if (reading.isUsed(at)) continue;
    const first = amountAt(reading.units, at);
    if (first === undefined) continue;
    const lead = leadOf(reading, first.from);
    const amounts = amountsFrom(reading.units, first, lead);
    const isPlace = compares && first.codes === undefined && amounts.second?.codes === undefined;
    if (!isPlace && isPrice(reading, lead, amounts)) take(reading, lead, amounts, currency);
    at = isPlace ? at : amounts.to - 1;
  }
}

function take(
  reading: Reading,
  lead: Lead,
  { first, second, to, after, budget }: Amounts,
  currency: string | undefined,
): void {
  reading.use(lead.from, to);
  const codes = second?.codes ?? first.codes;
  if (codes !== undefined && currency !== undefined && !codes.includes(currency)) {
    reading.foreign.push({ span: reading.spanOf(lead.from, to), currency: codes[0] ?? '' });
    return;
  }
  // "5 pounds cheaper", 便宜50块 say how much, not what it may cost.
  const beside = reading.units[hasHan(reading.units[lead.from - 1]) ? lead.from - 1 : to];
  if (hasTag(beside, 'cheaper', 'dearer') && lead.from === first.from) return;
  const bound = lead.bound ?? after ?? (lead.budget || budget ? 'max' : 'around');
  reading.addPart(lead.from, to, PRICE, testOf(first.value, second?.value, bound));
}

function testOf(value: number, second: number | undefined, bound: Bound): Constraint {
  if (second !== undefined) return { $gte: Math.min(value, second), $lte: Math.max(value, second) };
  if (bound === 'max') return { $lte: value };
  if (bound === 'min') return { $gte: value };
  return { $gte: inCents(value * (1 - AROUND)), $lte: inCents(value * (1 + AROUND)) };
}

const inCents = (amount: number): number => Math.round(amount * 100) / 100;

function amountsFrom(units: readonly Unit[], first: Amount, lead: Lead): Amounts {
  const joins = hasTag(units[first.to], 'to') || (lead.between && hasTag(units[first.to], 'and'));
  const second = joins && !first.counts ? amountAt(units, first.to + 1) : undefined;
  const end = second?.to ?? first.to;
  const next = units[end];
  // In "£5 at least £3" the bound belongs to what follows.
  const bounds = lead.bound === undefined && amountAt(units, end + 1) === undefined;
  const after = bounds ? boundOf(next, 'max-after', 'min-after', 'around-after') : undefined;
  if (after !== undefined) return { first, second, to: end + 1, after, budget: false };
  const closes = second !== undefined && hasTag(next, 'between-after');
  const budget = hasTag(next, 'budget') && amountAt(units, end + 1) === undefined;
  return { first, second, to: closes || budget ? end + 1 : end, after, budget };
}

function boundOf(
  unit: Unit | undefined,
  ...[max, min, around]: ['max' | 'max-after', 'min' | 'min-after', 'around' | 'around-after']
): Bound | undefined {
  if (hasTag(unit, max)) return 'max';
  if (hasTag(unit, min)) return 'min';
  return hasTag(unit, around) ? 'around' : undefined;
}

/** Walks back over what may stand before an amount: "nothing that costs more than", "my budget is about". */
function leadOf(reading: Reading, amount: number): Lead {
  let lead: Lead = { from: amount, bound: undefined, weak: false, between: false, budget: false, price: false };
  for (let at = amount - 1; at >= Math.max(0, amount - LONGEST_LEAD); at--) {
    const unit = reading.free(at);
    if (unit === undefined || (unit.kind === 'sign' && !isBoundSign(unit))) break;
    const bound = lead.bound === undefined ? boundOf(unit, 'max', 'min', 'around') : undefined;
    if (bound !== undefined) lead = { ...lead, from: at, bound, weak: hasTag(unit, 'weak-bound') };
    if (hasTag(unit, 'not') && bound === undefined) return negated(lead, at, unit);
    const says = { between: hasTag(unit, 'between'), budget: hasTag(unit, 'budget'), price: hasTag(unit, 'price') };
    if (says.between || says.budget || says.price) {
      lead = {
        ...lead,
        from: at,
        between: lead.between || says.between,
        budget: lead.budget || says.budget,
        price: lead.price || says.price,
      };
    } else if (bound === undefined && !isJoining(unit) && !hasTag(unit, 'spend', 'skip')) break;
  }
  return lead;
}

const isBoundSign = (unit: Unit | undefined): boolean => hasTag(unit, 'max', 'min', 'around') || unit?.text === ':';

/** "nothing over 20" is at most 20; "no under 20" is an answer, and then a wish. */
function negated(lead: Lead, at: number, unit: Unit): Lead {
  if (lead.bound === undefined || lead.bound === 'around') return lead;
  if (unit.text === 'no' && lead.from === at + 1) return lead;
  return { ...lead, from: at, bound: lead.bound === 'max' ? 'min' : 'max' };
}

function isPrice(reading: Reading, lead: Lead, { first, second, to, after, budget }: Amounts): boolean {
  const { units } = reading;
  const next = units[to];
  const bounded = lead.bound !== undefined || after !== undefined;
  const last = second ?? first;
  if (first.codes !== undefined || second?.codes !== undefined)
    return bounded || !(next?.text === 'of' || (units[last.to - 1]?.text === '块' && isPlain(next)));
  if (last.counts || units[reading.past(lead.from - 1, -1)]?.measures === true) return false;
  const says = isPlain(next) || (next?.values.length ?? 0) > 0;
  if (lead.budget || lead.price || budget) return !says || bounded;
  if (second !== undefined)
    return lead.between || hasTag(units[to - 1], 'between-after') ? !says && !isYear(first) : bounded && !says;
  return bounded && !(lead.weak && (says || isYear(first)));
}

const hasHan = (unit: Unit | undefined): boolean => unit !== undefined && /\p{Script=Han}/u.test(unit.text);

/** Four digits without a currency are a year more often than a price. */
const isYear = ({ value }: Amount): boolean => Number.isInteger(value) && value >= 1800 && value < 2100;
