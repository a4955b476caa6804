const { startServer } = require('@attune/server');

/** A server of the environment's data folder; says where it listens, ends in order at SIGTERM. */
async function main() {
  const stopping = new AbortController();
  const server = await startServer({ variables: process.env, version: '0.0.0', signal: stopping.signal, greet: false });
  process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
  process.stdout.write(`${server.url}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
