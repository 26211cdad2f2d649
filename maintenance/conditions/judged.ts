/** What is said of a condition without which everything was looked at again. */
export type Judged = {
  /** How and where it shows; undefined where nothing differs. */
  readonly noticed: string | undefined;
  /** Whether its absence would have made a difference anywhere that was looked at. */
  readonly isTouched: boolean;
};
