/** Answers of the server as a client in another language would type them: from the OpenAPI document, not from our code. */

export interface SlateAsked {
  readonly surface: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly itemIds?: readonly string[];
  readonly query?: string;
  readonly filter?: object;
  readonly seen?: 'exclude' | 'include';
  readonly exclude?: readonly string[];
  readonly limit?: number;
  /** 0..1 */
  readonly personalize?: number;
  readonly locale?: string;
  readonly explain?: boolean;
  readonly trace?: boolean;
  readonly at?: string;
  readonly context?: Readonly<Record<string, string>>;
}

export interface ItemAnswer {
  readonly id: string;
  readonly title: string;
  readonly categories?: readonly string[];
  readonly tags?: readonly string[];
  readonly price?: { readonly amount: number; readonly currency: string };
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface SlateItemAnswer {
  readonly id: string;
  readonly score: number;
  readonly rank: number;
  readonly item?: ItemAnswer;
  readonly contributions?: Readonly<Record<string, number>>;
  readonly reason?: { readonly key: string; readonly text: string; readonly evidence: readonly string[] };
}

export interface DegradedAnswer {
  readonly plugin: string;
  readonly code: string;
  readonly detail?: string;
  readonly ms?: number;
}

export interface CandidateAnswer {
  readonly id: string;
  readonly proposedBy: readonly { readonly plugin: string; readonly position: number; readonly score: number }[];
  readonly filteredBy?: string;
  readonly score?: number;
  readonly contributions?: Readonly<Record<string, number>>;
  readonly abstained?: readonly string[];
  readonly movedBy?: readonly { readonly by: string; readonly from: number; readonly to: number }[];
  readonly rank?: number;
}

export interface StageAnswer {
  readonly stage: string;
  readonly ms: number;
  readonly candidates: number;
  readonly plugins: readonly { readonly plugin: string; readonly ms: number }[];
}

export interface SlateAnswer {
  readonly slateId: string;
  readonly surface: string;
  readonly pipeline: { readonly digest: string };
  readonly items: readonly SlateItemAnswer[];
  readonly degraded: readonly DegradedAnswer[];
  readonly tookMs: number;
  readonly trace?: {
    readonly stages: readonly StageAnswer[];
    readonly candidates: readonly CandidateAnswer[];
    readonly notes: readonly { readonly plugin: string; readonly code: string; readonly detail?: string }[];
  };
}

export interface QueryAnswer {
  readonly text: string;
  readonly typed?: string;
  readonly corrected?: string;
  readonly intent?: string;
  readonly relaxed: readonly string[];
}
export type SearchAnswer = SlateAnswer & { readonly total: number; readonly query: QueryAnswer };

export interface SuggestionAnswer {
  readonly text: string;
  readonly kind: string;
  readonly correctedFrom?: string;
}

export interface JobAnswer {
  readonly id: string;
  readonly type: string;
  readonly state: 'waiting' | 'active' | 'completed' | 'failed' | 'canceled';
  readonly progress: { readonly done: number; readonly total: number };
  readonly counts: { readonly ok: number; readonly failed: number };
  readonly error?: string;
}

export interface ProblemAnswer {
  readonly type: string;
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
}

export const idsOf = ({ items }: SlateAnswer): readonly string[] => items.map(({ id }) => id);
