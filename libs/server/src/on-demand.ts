import type { textModelFolders as TextModelFolders } from './config/text-model-folders.js';
import type { checkConfiguration as CheckConfiguration } from './diagnosis/configuration.check.js';
import type { judgeModel as JudgeModel } from './instructions/judge-model.js';
import type { readInstructionLine as ReadInstructionLine } from './instructions/read-instruction-line.js';
import type { readDeclaration as ReadDeclaration } from './models/declaration.file.js';
import type { startServer as StartServer } from './start-server.js';

/**
 * The parts of this package that take half a second to load, loaded where they are called: the command line, which mostly
 * asks a server that runs already, starts without them.
 */
export const startServer: typeof StartServer = async (...args) =>
  (await import('./start-server.js')).startServer(...args);

/** As `startServer`. */
export const checkConfiguration: typeof CheckConfiguration = async (...args) =>
  (await import('./diagnosis/configuration.check.js')).checkConfiguration(...args);

/** As `startServer`. */
export const textModelFolders = async (
  ...args: Parameters<typeof TextModelFolders>
): Promise<ReturnType<typeof TextModelFolders>> =>
  (await import('./config/text-model-folders.js')).textModelFolders(...args);

/** As `startServer`. */
export const readDeclaration = async (
  ...args: Parameters<typeof ReadDeclaration>
): Promise<ReturnType<typeof ReadDeclaration>> =>
  (await import('./models/declaration.file.js')).readDeclaration(...args);

/** As `startServer`. */
export const judgeModel: typeof JudgeModel = async (...args) =>
  (await import('./instructions/judge-model.js')).judgeModel(...args);

/** As `startServer`; to be called for each line. */
export const instructionLineReader = async (): Promise<typeof ReadInstructionLine> =>
  (await import('./instructions/read-instruction-line.js')).readInstructionLine;
