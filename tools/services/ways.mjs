/** The two ways to start a server; set.mjs says which is taken when. */
import { mkdirSync } from 'node:fs';
import * as docker from './docker.mjs';
import { isRunning, memoryOf, stopServer, tailOf } from './processes.mjs';
import { serverUser } from './server-user.mjs';

/**
 * What can be done with a server, by the way it was started. `place` says where it is to be: the set's `name`, a
 * `folder` of its own, a `port` of loopback and the file for its `output`.
 */
export const ways = {
  local: {
    title: 'local process',
    async start(service, place, prepared) {
      mkdirSync(place.folder, { recursive: true, mode: 0o755 });
      const user = await serverUser();
      return await service.start(prepared, { ...place, user });
    },
    isRunning,
    stop: stopServer,
    remove: async () => undefined,
    tail: async (server, output) => tailOf(output),
    async about({ pid }) {
      const memory = await memoryOf(pid);
      return `pid ${pid}${memory === undefined ? '' : `, ${memory} MB`}`;
    },
  },
  docker: {
    title: 'Docker',
    async start(service, place) {
      const container = docker.containerName(place.name, service);
      await docker.startContainer(container, service.image, place.port);
      return { container };
    },
    isRunning: ({ container }) => docker.isContainerRunning(container),
    stop: ({ container }) => docker.stopContainer(container),
    remove: ({ container }) => docker.removeContainer(container),
    tail: ({ container }) => docker.containerTail(container),
    about: async ({ container }) => `container ${container}`,
  },
};
