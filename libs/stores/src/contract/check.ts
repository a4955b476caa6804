/** One thing that must hold: `run` rejects with a line that says what does not. */
export interface Check {
  readonly name: string;
  run(): Promise<void>;
}
