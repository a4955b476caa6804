import { z } from 'zod';

const hook = z
  .url({ protocol: /^https?$/, error: 'must be an address, for example https://shop.example/hooks/orders' })
  .optional();

/** `chat` of `attune.config.yaml`. */
export const chatSchema = z
  .strictObject({
    budgetMs: z
      .int()
      .min(0)
      .max(60_000)
      .default(8_000)
      .describe(
        'Milliseconds of a turn that a language model is waited for; then it is answered without. 0: none is asked.',
      ),
    runs: z
      .enum(['service', 'local', 'any'])
      .default('service')
      .describe('Language models that take part: behind an address, in a file, or both. Small ones are no help.'),
    minutes: z
      .number()
      .positive()
      .max(1440)
      .default(30)
      .describe('How long a conversation is remembered after a turn.'),
    orderStatus: z
      .strictObject({
        url: hook.describe('Told `{tenant, userId, orderId?}` by POST where somebody asks for an order.'),
      })
      .default({})
      .describe('Who knows of orders. Default: nobody; the shopper is told so and offered a person.'),
    handover: z
      .strictObject({
        url: hook.describe('Told `{tenant, chatId, userId?, reason, said}` by POST where a person is to take over.'),
        contact: z.string().trim().min(1).max(300).optional().describe('Shown then: when and how a person answers.'),
      })
      .default({})
      .describe('Who takes over. Default: the caller is told, and nobody else.'),
  })
  .prefault({})
  .describe('What conversations can do besides finding items.');
