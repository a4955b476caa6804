import type { z } from 'zod';
import type { CandidateNeed } from '../blocks/candidates.js';
import type { RequestNeed } from '../blocks/request-view.js';
import type { Host, PortName } from '../ports/host-ports.js';
import type { Behaviors, Kind } from './kinds.js';
import type { LearnsFrom } from './training.js';

/** Contract major. Boot refuses a plugin made for another one. */
export const SDK_MAJOR = 1;
/** The brand of a plugin: a registered symbol, so that two copies of this package agree. */
export const PLUGIN = Symbol.for('attune.plugin');

export type Need = RequestNeed | CandidateNeed;

export interface Budget {
  /** Milliseconds after which the engine goes on without the plugin, 1..60,000. */
  readonly hardMs: number;
}

export interface Traits {
  /** Has something to say about a user without history. */
  readonly coldUser: boolean;
  /** Has something to say about an item nobody touched. */
  readonly coldItem: boolean;
  /** Same input, same output: cacheable and replayable. */
  readonly pure: boolean;
  /** Most requests one call may carry. */
  readonly maxBatch: number;
  /** `resident`: keeps a model in memory and resolves rows; `any`: works from gathered signals alone. */
  readonly memory: 'resident' | 'any';
  /** Rung of the degradation ladder it belongs to: `llm` goes first, then `sequence`, then `standard`; `basic` stays. */
  readonly tier: 'basic' | 'standard' | 'sequence' | 'llm';
  /** Filters only: when it fails nothing of this slate may be shown. Others fail open. */
  readonly vital: boolean;
  /** Explainers only: puts the reasons that others gave into its own words, once all have spoken, and gives none of its own. */
  readonly phrases: boolean;
}

/** A plugin as its author writes it; `define*` freezes it into a `Plugin`. */
export interface PluginSpec<K extends Kind, S extends z.ZodType, N extends Need, P extends PortName, V extends string> {
  /** Kebab-case, unique within its kind. */
  readonly id: string;
  /** Semantic version of the plugin's own behavior: part of the digest. */
  readonly version: string;
  /** Default: no options. Use `z.strictObject`, so that a typo is an error. */
  readonly config?: S;
  /** Signals the engine gathers for it. Default: none. */
  readonly needs?: readonly N[];
  /** Ports it is handed. Default: none. */
  readonly uses?: readonly P[];
  /** Spaces whose vectors it reads: of the candidates, or, of trainers, of the items in the log. Default: none. */
  readonly itemVectors?: readonly V[];
  readonly budget?: Partial<Budget>;
  readonly traits?: Partial<Traits>;
  /** Trainers only: what they learn from beside the log, by their options. Default: nothing. */
  readonly learnsFrom?: (config: z.output<S>) => LearnsFrom;
  setup(config: z.output<S>, host: Host<P>): Behaviors<N, V>[K] | Promise<Behaviors<N, V>[K]>;
}

/** A frozen, branded plugin: data that the registry accepts. */
export interface Plugin<K extends Kind = Kind> {
  readonly [PLUGIN]: { readonly sdkMajor: number };
  readonly kind: K;
  readonly id: string;
  readonly version: string;
  readonly config: z.ZodType;
  readonly needs: readonly Need[];
  readonly uses: readonly PortName[];
  readonly itemVectors: readonly string[];
  readonly budget: Budget;
  readonly traits: Traits;
  learnsFrom(config: unknown): LearnsFrom;
  /** Erased: the engine hands over a parsed config and exactly the ports in `uses`. */
  setup(config: unknown, host: Host<PortName>): Promise<Behaviors<Need, string>[K]>;
}
