import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TenantPlatform } from '../../platform/tenant-platform.js';
import { createGateway } from '../create-gateway.js';
import { callsOf, type TestCalls } from './test-calls.js';
import { openTestPlatform, type TestPlatform, type TestPlatformOptions } from './test-platform.js';

export interface TestGatewayOptions extends TestPlatformOptions {
  /** API key that calls send, unless they send another. */
  readonly as?: string;
}

/** A gateway on a test platform. Its members are those of the test that runs. */
export interface TestGateway extends TestCalls {
  readonly platform: TestPlatform;
  /** The tenant `default`. */
  readonly tenant: TenantPlatform;
  readonly app: NestFastifyApplication;
}

/** One gateway for the tests of a file: opened before them, closed after them. */
export const gatewayForAll = (options?: TestGatewayOptions): TestGateway => served(beforeAll, afterAll, options);

/** A gateway of its own for each test. */
export const gatewayForEach = (options?: TestGatewayOptions): TestGateway => served(beforeEach, afterEach, options);

type Hook = (work: () => Promise<void>) => void;

function served(before: Hook, after: Hook, { as, ...options }: TestGatewayOptions = {}): TestGateway {
  let platform: TestPlatform;
  let app: NestFastifyApplication;
  let calls: TestCalls;
  before(async () => {
    platform = await openTestPlatform(options);
    app = await createGateway(platform, { version: '1.2.3' });
    calls = callsOf(app, as === undefined ? {} : { authorization: `Bearer ${as}` });
  });
  after(async () => {
    await app.close();
    await platform.close();
  });
  return {
    get platform() {
      return platform;
    },
    get tenant() {
      return platform.tenants.get('default')!;
    },
    get app() {
      return app;
    },
    call: (...args) => calls.call(...args),
    problem: (...args) => calls.problem(...args),
  };
}
