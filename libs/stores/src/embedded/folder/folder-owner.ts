/** The process that owns a data folder, as its lock file says. */
export interface FolderOwner {
  readonly pid: number;
  /** Where the owner answers, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  /** ISO time at which the folder was opened. */
  readonly startedAt: string;
  readonly host: string;
  /** Identity of the running kernel, where the system tells it (Linux): pids start over at a reboot. */
  readonly bootId?: string;
  /** Start of the process in clock ticks since boot, where the system tells it: unmasks a reused pid. */
  readonly processStart?: string;
  /** Unique to this lock: two locks of one process differ. */
  readonly nonce: string;
}
