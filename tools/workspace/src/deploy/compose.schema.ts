import { z } from 'zod';

/*
 * The parts of the Compose Specification that compose.yaml uses. Written by hand and strict: a member that is not here
 * is refused, so that a misspelt one is found without a daemon.
 */

const duration = z.string().regex(/^(\d+h)?(\d+m)?(\d+s)?$/);
const bytes = z.string().regex(/^\d+[kmgKMG]$/);
const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_.]*$/), z.string());

const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL']), z.string()], z.string()),
  interval: duration,
  timeout: duration,
  start_period: duration.optional(),
  retries: z.int().positive(),
});

const deployment = z.strictObject({
  replicas: z.int().positive().optional(),
  resources: z.strictObject({ limits: z.strictObject({ cpus: z.string().regex(/^\d+(\.\d+)?$/), memory: bytes }) }),
});

const service = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: variables.optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(['service_started', 'service_healthy']) }))
    .optional(),
  volumes: z.array(z.string().regex(/^[^:]+:\/[^:]+(:ro)?$/)),
  ports: z.array(z.string().regex(/^[\d.]+:\d+:\d+$/)).optional(),
  networks: z.array(z.string()).min(1),
  healthcheck: healthcheck.optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
  stop_grace_period: duration,
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  ulimits: z.record(z.string(), z.int()).optional(),
  deploy: deployment,
});

/** A Compose file once its variables are filled in. */
export const composeSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/),
  'x-attune': z.unknown(),
  'x-environment': z.unknown(),
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.strictObject({})),
});

export type ComposeFile = z.output<typeof composeSchema>;
