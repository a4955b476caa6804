import { OpenedParts } from './opened-parts.js';

it('closes in reverse, once, and everything also where a part fails', async () => {
  const closed: string[] = [];
  const parts = new OpenedParts();
  parts.add(async () => void closed.push('lock'));
  parts.add(() => Promise.reject(new Error('stuck')));
  parts.add(async () => void closed.push('jobs'));
  const both = [parts.close(), parts.close()];
  for (const one of both) await expect(one).rejects.toThrow('stuck');
  expect(closed).toEqual(['jobs', 'lock']);
});
