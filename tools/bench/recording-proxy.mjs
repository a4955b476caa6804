// A proxy in front of Elasticsearch that keeps what is searched for by vector.
import { Agent, createServer, request } from 'node:http';

/** Starts it on a free port; `searches` holds path and body of each kNN search, in order. */
export async function recordingProxy(target) {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const searches = [];
  const server = createServer((incoming, answer) => {
    const parts = [];
    incoming.on('data', (part) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const { method, url: path, headers } = incoming;
      if (path.includes('_search') && body.includes('"knn"')) searches.push({ path, headers, body });
      const forwarded = request({ hostname, port, agent, method, path, headers }, (response) => {
        answer.writeHead(response.statusCode, response.headers);
        response.pipe(answer);
      });
      forwarded.on('error', () => answer.destroy());
      forwarded.end(body);
    });
  });
  // As Elasticsearch itself: a connection that rests is not closed.
  server.keepAliveTimeout = 600_000;
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    searches,
    /** The same search again, straight to the server: milliseconds until its answer is read and parsed. */
    async again({ path, headers, body }) {
      const startedAt = performance.now();
      await new Promise((done, failed) => {
        const sent = request({ hostname, port, agent, method: 'POST', path, headers }, (response) => {
          const parts = [];
          response.on('data', (part) => parts.push(part));
          response.on('end', () => done(JSON.parse(Buffer.concat(parts).toString())));
        });
        sent.on('error', failed);
        sent.end(body);
      });
      return performance.now() - startedAt;
    },
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
