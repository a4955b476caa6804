import { createServer } from 'node:net';
import { once } from 'node:events';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from './config/environment.schema.js';

type Address = Pick<Environment, 'PORT' | 'HOST'>;

/** Tries the address before the long work of a first start. Throws an Error that names the fix where it cannot be had. */
export async function assertListenable({ PORT, HOST }: Address): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen(PORT, HOST), 'listening');
  } catch (error) {
    throw refused(error, { PORT, HOST });
  }
  await new Promise((resolve) => server.close(resolve));
}

/** Listens and gives the address. Throws an Error that names the fix where it cannot be had. */
export async function listen(app: NestFastifyApplication, { PORT, HOST }: Address): Promise<string> {
  try {
    await app.listen(PORT, HOST);
  } catch (error) {
    throw refused(error, { PORT, HOST });
  }
  return (await app.getUrl()).replace('[::1]', 'localhost');
}

function refused(error: unknown, address: Address): Error {
  return new Error(refusal((error as NodeJS.ErrnoException).code, address) ?? String(error), { cause: error });
}

function refusal(code: string | undefined, { PORT, HOST }: Address): string | undefined {
  if (code === 'EADDRINUSE') return `port ${PORT} is taken: stop what listens there, or start with PORT=${PORT + 1}`;
  if (code === 'EACCES') return `port ${PORT} may not be used by this user: start with a PORT above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${HOST} is no address of this machine: mend it`;
  return undefined;
}
