import { TempFolder } from '../testing/temp-folder.js';
import type { EvaluationRequest } from './evaluation.request.js';
import { taskName } from './task-name.js';

const folder = new TempFolder();
afterAll(() => folder.close());

it('follows from protocol, content and seed, not from where files are or how long is searched', async () => {
  const request: EvaluationRequest = {
    protocol: 'next-item',
    inputs: [folder.write('a', 'u a b c\n')],
    models: [],
    budgetMinutes: 1,
    seed: 1,
  };
  const name = await taskName(request);
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  const copy = { ...request, inputs: [folder.write('b', 'u a b c\n')], models: ['ease'], budgetMinutes: 9 };
  expect(await taskName(copy)).toBe(name);
  const others = [
    { ...request, seed: 2 },
    { ...request, protocol: 'strong' as const },
    { ...request, inputs: [folder.write('c', 'u a b d\n')] },
  ];
  expect(new Set([name, ...(await Promise.all(others.map(taskName)))]).size).toBe(4);
});
