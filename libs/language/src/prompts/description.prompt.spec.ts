import type { Item } from '@attune/sdk';
import { descriptionPrompt } from './description.prompt.js';

describe('a prompt for the description of a long item', () => {
  it('stays below what a call may take by default', () => {
    const long = '杯'.repeat(1000);
    const item: Item = {
      id: 'a',
      title: long,
      description: '子'.repeat(20_000),
      categories: Array.from({ length: 50 }, () => long.slice(0, 256)),
      attributes: Object.fromEntries(
        Array.from({ length: 500 }, (_, i) => [`n${i}`, Array.from({ length: 100 }, () => '色'.repeat(60))]),
      ),
    };
    const { messages, maxTokens } = descriptionPrompt({ tone: 'warm', length: 'long', language: 'zh' }).ask({
      item,
      avoid: Array.from({ length: 50 }, () => long),
    });
    // The desk reckons with a token for two bytes.
    const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
    expect(bytes / 2 + maxTokens).toBeLessThan(16_000);
  });
});
