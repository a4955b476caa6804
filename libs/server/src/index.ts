export { findOwner, type FoundOwner } from '@attune/stores';
export { readYaml, type YamlFile } from './config/yaml-file.js';
export { ProgressBars, type ProgressOutput } from './demo/progress-bars.js';
export { type Check } from './diagnosis/check.js';
export { type ChatAnswer } from './http/operations/chat.operations.js';
export { type InstructionTaskFigures } from './instructions/instruction-figures.js';
export { type InstructionLine } from '@attune/language';
export { type JudgedModel } from './instructions/judge-model.js';
export { MAX_FILE_BYTES } from './models/limits.js';
export {
  checkConfiguration,
  instructionLineReader,
  judgeModel,
  readDeclaration,
  startServer,
  textModelFolders,
} from './on-demand.js';
export { runProgram, type ProgramOptions } from './run-program.js';
export type { RunningServer, StartOptions } from './start-server.js';
