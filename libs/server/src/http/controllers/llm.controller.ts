import { Controller, Inject, Req } from '@nestjs/common';
import type { Platform } from '../../platform/tenant-platform.js';
import { llmCallsOf, type LlmCallsAnswer } from '../calls/llm-calls.js';
import { PLATFORM, type GatewayRequest } from '../gateway-request.js';
import { getLlmCalls } from '../operations/llm.operations.js';
import { Handles } from '../operations/operation.js';
import { parsed } from '../problems/invalid-request.js';

/** What is asked of the language model. */
@Controller()
export class LlmController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Handles(getLlmCalls)
  calls(@Req() { tenant, query }: GatewayRequest): Promise<LlmCallsAnswer> {
    return llmCallsOf(parsed(getLlmCalls.query, query), tenant, this.platform);
  }
}
