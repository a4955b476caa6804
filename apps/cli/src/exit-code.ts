/** How a command ends: done, failed, called wrongly, or stopped by Ctrl-C. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command that cannot go on: what happened, and what to do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly fix: string,
    readonly exitCode: ExitCode = EXIT.failed,
  ) {
    super(message);
  }
}

/** The command was called in a way it does not take. */
export class UsageError extends CommandError {
  constructor(message: string, fix: string) {
    super(message, fix, EXIT.usage);
  }
}

/** Ctrl-C. `fix`: how to go on. */
export class Interrupted extends CommandError {
  constructor(message = 'stopped', fix = 'run the same command again') {
    super(message, fix, EXIT.interrupted);
  }
}
