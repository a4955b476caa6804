export { findOwner, type FoundOwner } from '@attune/stores';
export { readYaml, type YamlFile } from './config/yaml-file.js';
export { ProgressBars, type ProgressOutput } from './demo/progress-bars.js';
export { type Check } from './diagnosis/check.js';
export { MAX_FILE_BYTES } from './models/limits.js';
export { checkConfiguration, readDeclaration, startServer, textModelFolders } from './on-demand.js';
export { runProgram, type ProgramOptions } from './run-program.js';
export type { RunningServer, StartOptions } from './start-server.js';
