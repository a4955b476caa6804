import { deepEqual, equal } from 'node:assert/strict';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { problemSchema, type Problem } from '../problems/problem.schema.js';

export type TestMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The body as the test believes it to be. */
  json<T = Record<string, never>>(): T;
}

/** Calls a gateway without a socket. */
export interface TestCalls {
  call(
    method: TestMethod,
    url: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<TestAnswer>;
  /** Checks that an answer is a well-formed problem with this status and code, about this very request, and explained. */
  problem(answer: TestAnswer, status: number, code: string): Promise<Problem>;
}

/** Calls of a gateway; `always` are headers of every call, unless it has its own. */
export function callsOf(app: NestFastifyApplication, always: Readonly<Record<string, string>> = {}): TestCalls {
  const call: TestCalls['call'] = async (method, url, body, headers = {}) => {
    const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await app.inject({ method, url, ...payload, headers: { ...type, ...always, ...headers } });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      json: <T>() => JSON.parse(answer.body) as T,
    };
  };
  return {
    call,
    async problem(answer, status, code) {
      const read = problemSchema.parse(answer.json());
      deepEqual([answer.status, read.status, read.code], [status, status, code], answer.text);
      equal(answer.headers['content-type'], 'application/problem+json');
      equal(read.type, `/docs/errors/${code}`);
      equal(read.instance, answer.headers['x-request-id']);
      equal((await call('GET', read.type)).status, 200);
      return read;
    },
  };
}
