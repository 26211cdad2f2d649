/** Pages in Markdown, and where their links lead. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Relative to the root. */
export function pagesIn(root: string, place = root): readonly string[] {
  const skipped = new Set(['node_modules', 'dist', 'out', 'coverage', '.git']);
  return readdirSync(place, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .flatMap((entry) => {
      const path = join(place, entry.name);
      if (entry.isDirectory()) return pagesIn(root, path);
      return entry.name.endsWith('.md') ? [relative(root, path)] : [];
    })
    .toSorted();
}

/** The links of a page that lead to no file below the root, or to no heading of a page. */
export function brokenLinks(root: string, page: string): readonly string[] {
  const text = withoutCode(readFileSync(join(root, page), 'utf8'));
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(root, page, link));
}

function leadsSomewhere(root: string, page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : relative(root, join(root, dirname(page), file));
  if (target.startsWith('..') || !existsSync(join(root, target))) return false;
  return (
    anchor === undefined || !target.endsWith('.md') || anchorsOf(join(root, target)).has(anchor)
  );
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...withoutCode(readFileSync(page, 'utf8')).matchAll(/^#+ (.+)$/gm)];
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links in code are examples. */
function withoutCode(text: string): string {
  return text
    .replaceAll(/^```[^]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ''));
}
