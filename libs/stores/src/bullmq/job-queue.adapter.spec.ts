import { jobQueueContract, type OpenJobs, sampleLaneOf, sampleNamed, type SampleJob } from '@attune/testkit';
import { describeWith } from '../fixtures/services.js';
import { BullBench } from './testing/bull-bench.js';

const inOneProcess =
  (bench: BullBench<SampleJob>): OpenJobs =>
  async (works) => {
    await bench.clear();
    return await bench.open(works);
  };

const inThreeProcesses =
  (bench: BullBench<SampleJob>): OpenJobs =>
  async (works) => {
    await bench.clear();
    const [gateway] = await Promise.all([bench.open(), bench.open(works), bench.open(works)]);
    return gateway;
  };

describeWith(['redis'], 'BullJobQueue', () => {
  const bench = new BullBench<SampleJob>({ laneOf: sampleLaneOf, named: sampleNamed });
  afterEach(async () => {
    const warnings = [...bench.warnings];
    await bench.clear();
    expect(warnings).toEqual([]);
  });

  describe('keeps the contract in one process:', () => {
    it.each(jobQueueContract(inOneProcess(bench)))('$name', ({ run }) => run());
  });

  describe('keeps the contract with a gateway and two workers:', () => {
    it.each(jobQueueContract(inThreeProcesses(bench)))('$name', ({ run }) => run());
  });
});
