import { eventStoreContract, MINUTE, START } from '@attune/testkit';
import type { EventStore } from '@attune/sdk';
import { describeWith } from '../../fixtures/services.js';
import { DistributedEvents } from '../../fixtures/distributed-events.js';

const END = START + 1_000 * MINUTE;

describeWith(['elasticsearch', 'redis'], 'DistributedEventStore', () => {
  const services = new DistributedEvents(() => END);
  beforeAll(async () => await services.open());
  afterAll(async () => await services.clear());

  for (const { name, run } of eventStoreContract(async () => await services.store())) it(name, run);
});

describeWith(['elasticsearch', 'redis'], 'Two DistributedEventStores side by side', () => {
  const services = new DistributedEvents(() => END);
  beforeAll(async () => await services.open());
  afterAll(async () => await services.clear());

  const open = async (): Promise<EventStore> => await services.pair();
  for (const { name, run } of eventStoreContract(open)) it(name, run);
});
