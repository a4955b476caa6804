/** Elasticsearch: how to ask it, and how to start a real one without Docker. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distribution, VERSION } from './distribution.mjs';
import { findJdk, OLDEST_JDK } from './jdk.mjs';
import { startServer } from './processes.mjs';
import { assertReadable, handOver } from './server-user.mjs';

/** Loopback only, one node, and no refusal to write on a disk that is nearly full. */
const SETTINGS = {
  'discovery.type': 'single-node',
  'xpack.security.enabled': 'false',
  'cluster.routing.allocation.disk.threshold_enabled': 'false',
};

export const elasticsearch = {
  name: 'elasticsearch',
  title: 'Elasticsearch',
  variable: 'ELASTICSEARCH_URL',
  urlOf: (port) => `http://127.0.0.1:${port}`,
  check: checkElasticsearch,
  hint: `install a JDK of ${OLDEST_JDK} or newer and Maven`,
  image: {
    name: `docker.elastic.co/elasticsearch/elasticsearch:${VERSION}`,
    port: 9200,
    data: '/usr/share/elasticsearch/data',
    environment: { ...SETTINGS, ES_JAVA_OPTS: javaOptions() },
    command: [],
  },
  prepare,
  start: startElasticsearch,
};

function javaOptions() {
  const heap = process.env.ATTUNE_SERVICES_HEAP || '512m';
  const more = process.env.ATTUNE_SERVICES_JAVA_OPTIONS || '';
  return `-Xms${heap} -Xmx${heap} -XX:-AlwaysPreTouch ${more}`.trim();
}

/** Asks the server at a URL for its version; throws where it does not answer before `signal`, or has no shards yet. */
async function checkElasticsearch(url, signal) {
  // Yellow: every primary is there; an index with replicas never gets green on one node.
  const wait = 'wait_for_status=yellow&wait_for_no_initializing_shards=true&timeout=2s';
  const health = await ask(url, `_cluster/health?${wait}`, signal);
  if (health.timed_out !== false) throw new Error(`its shards are not ready (status ${health.status})`);
  const info = await ask(url, '_nodes/_local?filter_path=nodes.*.version', signal);
  return { version: Object.values(info.nodes)[0].version };
}

async function ask(url, path, signal) {
  const { username, password, base } = partsOf(url);
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = password === '' ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  const response = await fetch(new URL(path, base), { headers, signal });
  // 408: shards were not ready in time; the body says how it stands.
  if (!response.ok && response.status !== 408) throw new Error(`${response.status} ${response.statusText}`);
  return await response.json();
}

/** `fetch` takes no credentials in a URL, so they are taken out of it. */
function partsOf(text) {
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  return { username, password, base: url };
}

/** What a local server is made of: a JDK and the distribution; undefined where this machine cannot bring them. */
async function prepare({ say, signal }) {
  const jdk = await findJdk();
  const home = jdk && (await distribution(jdk, { say, signal }));
  return home && { jdk, home };
}

async function startElasticsearch({ jdk, home }, { folder, port, user, output }) {
  const config = configure(home, folder, port);
  await handOver(folder, user);
  assertReadable(home, user, 'ATTUNE_SERVICES_CACHE');
  // Nothing else of this environment: settings of another installation would change this one.
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: folder,
    ES_JAVA_HOME: jdk,
    ES_PATH_CONF: config,
    ES_TMPDIR: join(folder, 'tmp'),
    ES_JAVA_OPTS: javaOptions(),
  };
  return await startServer(join(home, 'bin/elasticsearch'), [], { ...user, cwd: folder, env, output });
}

function configure(home, folder, port) {
  for (const name of ['config', 'data', 'logs', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
  const config = join(folder, 'config');
  for (const name of ['log4j2.properties', 'jvm.options']) copyFileSync(join(home, 'config', name), join(config, name));
  const settings = {
    'cluster.name': 'attune',
    'node.name': 'attune',
    'path.data': join(folder, 'data'),
    'path.logs': join(folder, 'logs'),
    'network.host': '127.0.0.1',
    'http.port': port,
    'transport.port': 0,
    ...SETTINGS,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  writeFileSync(join(config, 'elasticsearch.yml'), lines.join(''));
  return config;
}
