import { loggedSlateSchema } from '../../slates/logged-request.schema.js';
import { replayAnswerSchema } from '../calls/slates/replay.js';
import type { Operation } from './operation.js';

/** Of the slate that a call with `X-Request-Id: example` answers. */
const slateId = 's-42e0b4e791e796197b4421d6';

const logged = {
  slateId,
  at: '2026-11-21T09:30:00.000Z',
  surface: 'home',
  userId: '17850',
  request: {
    call: 'recommend',
    requestId: 'example',
    body: {
      surface: 'home',
      userId: '17850',
      limit: 2,
      personalize: 1,
      explain: false,
      trace: false,
      seen: 'exclude',
      paging: false,
    },
    page: { from: 0, limit: 2 },
  },
  digest: '9c1f4b',
  items: ['22551', '22630'],
  scores: [1.31, 0.9],
  propensities: [1, 1],
  total: 411,
  sampled: [{ id: '20725', score: 0.2 }],
  degraded: [],
};

export const getSlate = {
  id: 'getSlate',
  method: 'get',
  path: '/v1/slates/{slateId}',
  tag: 'slates',
  scope: 'replay',
  params: { slateId },
  summary: 'A slate as it was shown',
  description: 'Slates asked with `at` were shown to nobody and are not logged. How long others are: `slateLog`.',
  answer: { status: 200, description: 'The logged slate.', schema: loggedSlateSchema, example: logged },
  errors: ['SLATE_NOT_FOUND'],
} as const satisfies Operation;

export const replaySlate = {
  id: 'replaySlate',
  method: 'post',
  path: '/v1/slates/{slateId}/replay',
  tag: 'slates',
  scope: 'replay',
  params: { slateId },
  summary: 'Ask a logged slate again as of its moment',
  description: 'With the events up to that moment, and with the pipelines, models and catalogue of today.',
  answer: {
    status: 200,
    description: 'Both slates and where they differ.',
    schema: replayAnswerSchema,
    example: {
      slateId,
      same: false,
      before: { digest: '9c1f4b', items: ['22551', '22630'] },
      after: { digest: '77aa01', items: ['22551', '20725'] },
      differences: [
        { id: '22630', before: 2, after: null },
        { id: '20725', before: null, after: 2 },
      ],
    },
  },
  errors: ['SLATE_NOT_FOUND', 'SURFACE_NOT_FOUND', 'ARTIFACT_NOT_FOUND', 'NOT_READY'],
} as const satisfies Operation;
