/** The verdict on a condition, after everything was checked again without it. */
export type Judged = {
  /** How and where its absence shows; undefined if nothing differs. */
  readonly noticed: string | undefined;
  /** Whether its absence would have made a difference to any value that was computed. */
  readonly isTouched: boolean;
};
