export { findOwner, type FoundOwner } from '@attune/stores';
export { readYaml, type YamlFile } from './config/yaml-file.js';
export { ProgressBars, type ProgressOutput } from './demo/progress-bars.js';
export { type Check } from './diagnosis/check.js';
export { checkConfiguration, startServer } from './on-demand.js';
export { runProgram, type ProgramOptions } from './run-program.js';
export type { RunningServer, StartOptions } from './start-server.js';
