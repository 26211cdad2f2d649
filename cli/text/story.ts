/** Prints the steps of a trace and its finding; wrong values have a sign, and are red. */
import type { Story } from '../../checker/specification/protocol.ts';
import type { Finding } from '../../checker/specification/property.ts';
import type { CheckedInstance } from '../../analysis/specification/instance.ts';
import { findingText, storyText, WRONG } from '../../analysis/stories/story-text.ts';
import { wrongCells } from '../../analysis/stories/wrong-cells.ts';
import { styled, width } from '../terminal.ts';

/** `finding` is the violation at the end; `unfold` gives each step a line of its own. */
export function storyLines(
  instance: CheckedInstance,
  story: Story,
  { finding, unfold }: { readonly finding?: Finding | undefined; readonly unfold?: boolean } = {},
): readonly string[] {
  const wrong = finding === undefined ? new Set<string>() : wrongCells(instance, story, finding);
  return storyText(instance, story, { width: width(), wrong, unfold }).map((line) =>
    // A column ends before three blanks.
    line.replaceAll(/✗ .*?(?= {3}|$)/g, (text) => styled('red', text)),
  );
}

/** "✗ file f: expected 1, found 2". */
export function findingLine(finding: Finding): string {
  return `${styled('red', WRONG)} ${findingText(finding)}`;
}
