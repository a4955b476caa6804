import { referenceRuntime } from '@attune/training';
import { evaluate } from './evaluate.js';

it.each([0, 65, 1.5, NaN])('refuses %d threads before it reads anything', async (threads) => {
  const request = { protocol: 'rating', inputs: ['no-such-file'], models: [], budgetMinutes: 1, seed: 1 } as const;
  const context = { runtime: referenceRuntime, onProgress: () => undefined };
  await expect(evaluate({ ...request, threads }, context)).rejects.toMatchObject({
    code: 'REQUEST',
    message: `${threads} threads cannot be had`,
  });
});
