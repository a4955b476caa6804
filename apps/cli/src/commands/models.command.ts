import { Option, type Command } from 'commander';
import { readImport, type ImportFiles, type ImportedModel } from '../models/read-import.js';
import { addCommand, runServed, type CommonOptions, type Surroundings } from './command.js';

interface ImportOptions extends CommonOptions, Omit<ImportFiles, 'onnx'> {
  readonly name: string;
}

export function addModels(program: Command, surroundings: Surroundings): void {
  const models = program.command('models').description('Models made elsewhere: import one.');
  addCommand(models, {
    usage: 'import <onnx>',
    summary: 'A scorer or a user encoder as an ONNX file. It is proved first, then in use at once.',
    examples: [
      'models import click.onnx --name click --kind scorer --inputs click.yaml --items items.txt',
      'models import gru.onnx --name gru --kind user-encoder --inputs gru.yaml --items items.txt --item-vectors items.npy',
      'models import click.onnx --name click --kind scorer --inputs click.yaml --items items.txt --examples runs.json',
    ],
  })
    .requiredOption('--name <name>', 'what steps of pipelines call it')
    .addOption(new Option('--kind <kind>', 'what it does').choices(['scorer', 'user-encoder']).makeOptionMandatory())
    .requiredOption('--inputs <yaml>', 'what is fed to each input, and what the outputs are')
    .option('--items <txt>', 'item ids by row, one a line')
    .option('--item-vectors <npy>', 'vectors of the items, float32 [items, dims]')
    .option('--examples <json>', 'recorded inputs and outputs that the model must repeat')
    .action((onnx: string, { name, ...options }: ImportOptions) =>
      runServed(options, surroundings, async ({ client, output, signal }) => {
        const body = await readImport({ ...options, onnx });
        const path = `/v1/models/${encodeURIComponent(name)}`;
        const model = await client.call<ImportedModel>('PUT', path, { body, signal });
        output.lines(`Imported ${model.kind} ${model.name} (${model.digest}): ${factsOf(model).join(', ')}.`);
        output.document(model);
      }),
    );
}

function factsOf({ inputs, items, dims, examples }: ImportedModel): readonly string[] {
  return [
    `${inputs.length} inputs`,
    ...(items === 0 ? [] : [`${items} items`]),
    ...(dims === 0 ? [] : [`vectors of ${dims} numbers`]),
    examples === 0 ? 'no recorded examples to compare with' : `${examples} recorded examples repeated`,
  ];
}
