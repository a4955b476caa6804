import { z } from 'zod';
import type { Operation } from './operation.js';

export const METRICS_PATH = '/metrics';

export const getMetrics = {
  id: 'getMetrics',
  method: 'get',
  path: METRICS_PATH,
  tag: 'health',
  summary: 'Figures for Prometheus',
  description:
    'Text in the exposition format of Prometheus. Tells of all tenants: where the server has keys it needs one of the tenant `default` with the scope `admin`, unless it was started with `ATTUNE_METRICS_OPEN=on`.',
  scope: 'admin',
  answer: {
    status: 200,
    description: 'Every metric.',
    type: 'text/plain',
    schema: z.string().meta({ id: 'Metrics' }),
    example: '# HELP attune_slates_total Slates served.\n# TYPE attune_slates_total counter\n',
  },
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
} as const satisfies Operation;
