// One term for one thing: no file has a word that the glossary gives up, or a British spelling. Each
// line that does is printed as `path:line: X is banned, use Y`.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { houseFiles, type HouseFile } from '../support/house-files.ts';

type Rule = { readonly words: readonly string[]; readonly use: string };

const GLOSSARY = 'docs/glossary.md';
const HEADING = '## One term for one thing';

/** Old names in the changelog, names of others, and fields of published documents. */
const allowed = [
  // An old name beside the new one, as the changelog has it.
  /`[\w-]+` is (?=`)/g,
  /\blabelloc\b/g,
  /`weaknesses`|(?<=\.)weaknesses\b|\bweaknesses(?=\??:)|'of itself'/g,
];

const british: readonly (readonly [RegExp, string])[] = [
  [/\b\w*(?:colour|behaviour|neighbour|favour|honour)\w*/gi, 'the spelling with "or"'],
  [/\b\w*(?:modell|cancelled|labell|travell)\w*/gi, 'the spelling with one "l"'],
  [/\b(?:initialis|normalis|organis|realis|recognis|serialis|summaris|synchronis)\w*/gi, '"z"'],
  [/\b(?:centre|grey|catalogue|analyse)\w*/gi, 'the American spelling'],
  [/\b(?:learnt|misspelt|spoilt|burnt|spelt)\b/gi, 'the spelling with "ed"'],
];

const rules = rulesIn(readFileSync(new URL(`../../${GLOSSARY}`, import.meta.url), 'utf8'));
const self = fileURLToPath(import.meta.url);

test('the glossary gives up words', () => {
  expect(rules.length).toBeGreaterThan(5);
  expect(found({ path: 'x.md', text: 'It is printed.\nIt was made anew.\n' })).toEqual([
    'x.md:2: "anew" is banned, use again',
  ]);
  expect(found({ path: 'x.ts', text: "labelloc=t; const how = 'a colour';" })).toEqual([
    'x.ts:1: "colour" is banned, use the spelling with "or"',
  ]);
  expect(found({ path: 'x.ts', text: 'const asksAnew = anewOrNot(anewer);' })).toEqual([
    'x.ts:1: "Anew" is banned, use again',
    'x.ts:1: "anew" is banned, use again',
  ]);
});

test('no file has a word that was given up', () => {
  const files = houseFiles().filter(({ path }) => !self.endsWith(path));
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(found)).toEqual([]);
});

/** One line for each word. */
function found({ path, text }: HouseFile): readonly string[] {
  const shown = path === GLOSSARY ? text.replace(new RegExp(`${HEADING}[^]*`), '') : text;
  return shown.split('\n').flatMap((line, index) => {
    const rest = allowed.reduce((left, each) => left.replaceAll(each, ''), line);
    return matchesIn(rest).map(
      ([word, use]) => `${path}:${index + 1}: "${word}" is banned, use ${use}`,
    );
  });
}

function matchesIn(line: string): readonly (readonly [string, string])[] {
  return [
    ...rules.flatMap(({ words, use }) =>
      words.flatMap((word) =>
        [...line.matchAll(new RegExp(`\\b${word}\\b`, 'gi')), ...line.matchAll(inNames(word))].map(
          ([match]) => [match, use] as const,
        ),
      ),
    ),
    ...british.flatMap(([pattern, use]) =>
      [...line.matchAll(pattern)].map(([match]) => [match, use] as const),
    ),
  ];
}

/** As a part of a name: `nobody` and `Nobody` in `nobodyAsks` and `eventsNobodyHas`. */
function inNames(word: string): RegExp {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return new RegExp(`\\b${word}(?=[A-Z])|(?<=[a-z])${capital}(?![a-z])`, 'g');
}

/** The rows of the glossary's last table: `| *anew* | again |`. */
function rulesIn(glossary: string): readonly Rule[] {
  const [, section = ''] = glossary.split(HEADING);
  return section
    .split('\n')
    .filter((line) => line.startsWith('| _'))
    .map((line) => {
      const [words = '', use = ''] = line.slice(1).split('|');
      return {
        words: [...words.matchAll(/_([^_]+)_/g)].map(([, word = '']) => word),
        use: use.trim(),
      };
    });
}
