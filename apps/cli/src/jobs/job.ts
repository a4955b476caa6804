/** A job as the server tells it. */
export interface Job {
  readonly id: string;
  readonly type: string;
  readonly state: 'waiting' | 'active' | 'completed' | 'failed' | 'canceled';
  readonly progress: { readonly done: number; readonly total: number };
  readonly counts: { readonly ok: number; readonly failed: number };
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly error?: string;
}

export const hasEnded = ({ state }: Job): boolean => state !== 'waiting' && state !== 'active';
