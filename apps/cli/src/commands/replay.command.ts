import type { Command } from 'commander';
import { EXIT } from '../exit-code.js';
import { printable } from '../output/printable.js';
import { addCommand, runServed, type CommonOptions, type Surroundings } from './command.js';

interface Replay {
  readonly same: boolean;
  readonly differences: readonly {
    readonly id: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}

export function addReplay(program: Command, surroundings: Surroundings): void {
  addCommand(program, {
    usage: 'replay <slateId>',
    summary: 'Ask a logged slate again, as of its moment, and compare; exit code 1 where they differ.',
    examples: ['replay 0f3a9c1e', 'replay 0f3a9c1e --json'],
  }).action((slateId: string, options: CommonOptions) =>
    runServed(options, surroundings, async ({ client, output, signal }) => {
      const path = `/v1/slates/${encodeURIComponent(slateId)}/replay`;
      const replay = await client.post<Replay>(path, {}, { signal });
      output.document(replay);
      if (replay.same) {
        output.lines(`${printable(slateId)}: the same slate again, item by item.`);
        return EXIT.ok;
      }
      output.lines(`${printable(slateId)}: another slate than was shown.`, ...replay.differences.map(differenceLine));
      return EXIT.failed;
    }),
  );
}

const differenceLine = ({ id, before, after }: Replay['differences'][number]): string =>
  `  ${printable(id)}: ${placeOf(before)} → ${placeOf(after)}`;

const placeOf = (place: number | null): string => (place === null ? 'not shown' : `place ${place}`);
