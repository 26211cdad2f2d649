/** The changelog with a new entry: a reason, and the changes it accepts. The version will give it a date. */
import { BadInput } from '../errors.ts';
import { wrapped } from '../../checker/text/tables.ts';

const UNRELEASED = /^## \[Unreleased\][^\n]*\n/m;
const CHANGED = /^### Changed[^\n]*\n\n?/m;
const WIDTH = 98;

/** Throws `BadInput` if there is no place for it. */
export function withEntry(changelog: string, reason: string, changes: readonly string[]): string {
  const heading = UNRELEASED.exec(changelog);
  if (heading === null) {
    throw new BadInput('CHANGELOG.md:1: expected a heading "## [Unreleased]", found none');
  }
  const from = heading.index + heading[0].length;
  const length = changelog.slice(from).search(/^## /m);
  const to = length < 0 ? changelog.length : from + length;
  const section = changelog.slice(from, to);
  const entry = [item('- ', reason), ...changes.map((change) => item('  - ', change))].join('');
  const changed = CHANGED.exec(section);
  const next =
    changed === null
      ? `${section.trimEnd()}\n\n### Changed\n\n${entry}${to < changelog.length ? '\n' : ''}`
      : `${section.slice(0, changed.index)}### Changed\n\n${entry}${section.slice(changed.index + changed[0].length)}`;
  return `${changelog.slice(0, from)}${next}${changelog.slice(to)}`;
}

/** Lines after the first are indented like its text; characters of Markdown are escaped. */
function item(bullet: string, text: string): string {
  const escaped = text.replaceAll(/[\\`*_<>[\]]/g, '\\$&');
  const [first = '', ...rest] = wrapped(escaped, WIDTH - bullet.length);
  const indent = ' '.repeat(bullet.length);
  return `${[`${bullet}${first}`, ...rest.map((line) => `${indent}${line.trim()}`)].join('\n')}\n`;
}
