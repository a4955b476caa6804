import { randomBytes } from 'node:crypto';
import { AttuneError } from '@attune/sdk';
import { ElasticsearchConnection, type ElasticsearchOptions } from '../elasticsearch/client.js';
import { Expunger } from '../elasticsearch/expunger.js';
import { RedisChanges } from '../redis/change-feed.adapter.js';
import { RedisConnection, type RedisOptions } from '../redis/redis.connection.js';
import { ArrivalStamps } from './events/arrival.stamps.js';

export interface ServicesOptions {
  readonly elasticsearch: ElasticsearchOptions;
  readonly redis: RedisOptions;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** One line for each thing that did not go as it should. */
  readonly warn: (line: string) => void;
}

/** What the stores of all tenants share. */
export class Services {
  readonly elasticsearch: ElasticsearchConnection;
  readonly redis: RedisConnection;
  readonly changes: RedisChanges;
  readonly expunger: Expunger;
  readonly arrivals: ArrivalStamps;

  private constructor({ elasticsearch, redis, clock, warn }: ServicesOptions) {
    this.elasticsearch = new ElasticsearchConnection(elasticsearch);
    this.redis = new RedisConnection(redis);
    this.changes = new RedisChanges(this.redis);
    this.expunger = new Expunger(this.elasticsearch, warn);
    this.arrivals = new ArrivalStamps(clock, randomBytes(6).toString('hex'));
  }

  /**
   * @throws RangeError for what is no URL.
   * @throws AttuneError `STORE_UNAVAILABLE` where a service does not answer; says which, and what to do.
   */
  static async open(options: ServicesOptions): Promise<Services> {
    const elasticsearch = addressOf('Elasticsearch', options.elasticsearch.url, 'ELASTICSEARCH_URL');
    const redis = addressOf('Redis', options.redis.url, 'REDIS_URL');
    const services = new Services(options);
    try {
      await answering(elasticsearch, () => services.elasticsearch.read((client) => client.cluster.health()));
      await answering(redis, () => greeted(services.redis));
      await services.changes.open();
    } catch (error) {
      await services.close();
      throw error;
    }
    return services;
  }

  async close(): Promise<void> {
    await this.expunger.close();
    this.changes.close();
    this.redis.close();
    await this.elasticsearch.close();
  }
}

interface Address {
  readonly service: string;
  readonly variable: string;
  /** The URL without what it says of user and password. */
  readonly text: string;
}

function addressOf(service: string, url: string, variable: string): Address {
  if (!URL.canParse(url))
    throw new RangeError(`${variable} is no URL: write it like http://host:9200, redis://host:6379`);
  const { protocol, host, pathname } = new URL(url);
  return { service, variable, text: `${protocol}//${host}${pathname}` };
}

async function answering({ service, variable, text }: Address, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    const reason = error instanceof AttuneError ? error.detail : String(error);
    const detail = `${service} at ${text} does not answer (${reason}): start it, or set ${variable} to where it is`;
    throw new AttuneError('STORE_UNAVAILABLE', detail, { cause: error });
  }
}

/** Connects; fails with what stood in the way, which the connection itself tells by its events only. */
async function greeted(redis: RedisConnection): Promise<void> {
  const reasons: Error[] = [];
  const note = (error: Error): unknown => reasons.push(error);
  redis.client.on('error', note);
  try {
    await redis.open();
    await redis.runId();
  } catch (error) {
    throw reasons[0] ?? error;
  } finally {
    redis.client.off('error', note);
  }
}
