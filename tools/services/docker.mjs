/** The way with Docker: a container a service, its port published on loopback only. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';

const run = promisify(execFile);

/** Whether there is a daemon that answers. */
export async function hasDocker() {
  return await run('docker', ['info'], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/** Name of a set's container and of the volume with its data, such as `attune-default-redis`. */
export function containerName(set, service) {
  return `attune-${set}-${service.name}`;
}

/** Arguments of `docker` that start a container of `image`, its port published as `port` of loopback. */
export function runArguments(container, image, port) {
  const published = ['--publish', `127.0.0.1:${port}:${image.port}`];
  const volume = ['--volume', `${container}:${image.data}`];
  const environment = Object.entries(image.environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  return [
    'run',
    '--detach',
    '--name',
    container,
    ...published,
    ...volume,
    ...environment,
    image.name,
    ...image.command,
  ];
}

/** Starts a container on the data of the one before, which goes where it is still there. */
export async function startContainer(container, image, port) {
  await docker(['rm', '--force', container]);
  await docker(runArguments(container, image, port));
}

/** Stops a container; its data and output stay. */
export async function stopContainer(container) {
  await docker(['stop', container]);
}

/** Removes a container and its data. */
export async function removeContainer(container) {
  await docker(['rm', '--force', container]);
  await docker(['volume', 'rm', '--force', container]);
}

/** Whether a container is running. */
export async function isContainerRunning(container) {
  const answer = await run('docker', ['inspect', '--format', '{{.State.Running}}', container]).catch(() => undefined);
  return answer?.stdout.trim() === 'true';
}

export async function containerTail(container) {
  const { stdout, stderr } = await docker(['logs', '--tail', '15', container]);
  return `${stdout}${stderr}`.trimEnd();
}

async function docker(args) {
  try {
    return await run('docker', args);
  } catch (error) {
    throw new Failure(`\`docker ${args.join(' ')}\` failed:\n${String(error.stderr).trimEnd()}`);
  }
}
