import { Command } from 'commander';
import { addCommonOptions, type Surroundings } from './commands/command.js';
import { addChat } from './commands/chat.command.js';
import { addDoctor } from './commands/doctor.command.js';
import { addEnrich } from './commands/enrich.command.js';
import { addEvaluate } from './commands/evaluate.command.js';
import { addImport } from './commands/import.command.js';
import { addJobs } from './commands/jobs.command.js';
import { addLlm } from './commands/llm.command.js';
import { addModels } from './commands/models.command.js';
import { addPlugin } from './commands/plugin.command.js';
import { addRecommend } from './commands/recommend.command.js';
import { addReplay } from './commands/replay.command.js';
import { addSearch } from './commands/search.command.js';
import { addSpaces } from './commands/spaces.command.js';
import { addTrain } from './commands/train.command.js';
import { addUsers } from './commands/users.command.js';
import { addWhy } from './commands/why.command.js';
import { VERSION } from './version.js';

const AFTER = `
Commands ask the server that owns the data folder (.attune, or --data-dir);
where none runs, they open the folder themselves. Results go to stdout, all else
to stderr. attune <command> --help shows options and examples.

Exit codes:
  0    done
  1    failed, rows were rejected, slates differ, or the doctor found a problem
  2    wrong usage
  130  stopped by Ctrl-C

Examples:
  attune import events events.csv
  attune train
  attune recommend --surface home --user 12680 --explain
  attune doctor
`;

const GROUPS = {
  'Data and models:': [addImport, addTrain, addModels, addSpaces, addEnrich, addJobs],
  'Slates:': [addRecommend, addSearch, addChat, addWhy, addReplay],
  'Is it any good:': [addEvaluate, addLlm, addPlugin],
  'A user, whole:': [addUsers],
  'What is wrong:': [addDoctor],
};

/** The command line: parses arguments and runs the command they name. */
export function createProgram(surroundings: Surroundings): Command {
  const { stdout, stderr } = surroundings;
  const program = new Command('attune')
    .description('Recommendations and personalised search: data in, models trained, slates explained.')
    .version(VERSION)
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text.replace(/^error: /, 'attune: ')),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('  fix: run it with --help to see its options and examples')
    .addHelpText('after', AFTER)
    .exitOverride();
  for (const [title, adders] of Object.entries(GROUPS)) {
    program.commandsGroup(title);
    for (const add of adders) add(program, surroundings);
  }
  addCommonOptions(program);
  return program;
}
