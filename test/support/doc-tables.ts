/** Tables of a page in docs/, read as a test reads them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The rows below a heading, cell by cell; the head of each table is left out. */
export function tableIn(page: string, heading: string): [string, string][] {
  const text = readFileSync(fileURLToPath(new URL(`../../${page}`, import.meta.url)), 'utf8');
  const [, section] = text.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`${page} has no heading "${heading}"`);
  const lines = section.split('\n## ')[0]?.split('\n') ?? [];
  return lines
    .filter((line, index) => line.startsWith('|') && !isHead(lines, index))
    .map((line) => {
      const [feature = '', how = ''] = line
        .slice(1)
        .split('|')
        .map((cell) => cell.trim());
      return [feature, how];
    });
}

function isHead(lines: readonly string[], index: number): boolean {
  const isRule = (line = ''): boolean => /^\|[\s|:-]+\|$/.test(line);
  return isRule(lines[index]) || isRule(lines[index + 1]);
}
