/**
 * The figures, written as they are measured: an interrupted run of an hour keeps its figures. The
 * page is whole after each section, and names those that this run has not come to.
 */
import { readBounded, writeWhole } from '../checker/text/files.ts';

const BEGIN = '<!-- figures: written by npm run bench -->';
const END = '<!-- end of figures -->';
const LARGEST_PAGE_BYTES = 2 ** 20;

/** In the order of the page, whichever is measured first. */
export const SECTIONS = [
  'MiniMig',
  'The Sprite model',
  'Finding faults at random',
  'Shrinking',
] as const;

export type Section = (typeof SECTIONS)[number];

export type Written = {
  readonly add: (section: Section, figures: object, text: string) => void;
  /** The text between the marks of the page. */
  readonly text: () => string;
};

/** `page` is left alone where none is given. */
export function createWritten(
  { run, head }: { readonly run: object; readonly head: string },
  { json, page }: { readonly json: string; readonly page?: string | undefined },
): Written {
  const texts = new Map<Section, string>();
  let all = run;
  return { add, text };

  function add(section: Section, figures: object, its: string): void {
    texts.set(section, its);
    all = { ...all, ...figures };
    writeWhole(json, `${JSON.stringify(all, null, 2)}\n`);
    if (page !== undefined) writeWhole(page, withFigures(page, text()));
  }

  function text(): string {
    const missing = SECTIONS.filter((section) => !texts.has(section));
    const note = `Not measured in this run, or not yet: ${missing.join(', ')}.`;
    return [
      head,
      ...(missing.length === 0 ? [] : [note]),
      ...SECTIONS.flatMap((section) => {
        const its = texts.get(section);
        return its === undefined ? [] : [`## ${section}\n\n${its}`];
      }),
    ].join('\n\n');
  }
}

/** The page, with these between its marks and all else as it was. */
function withFigures(path: string, figures: string): string {
  const page = readBounded(path, { maxBytes: LARGEST_PAGE_BYTES });
  const before = page.kind === 'text' ? page.text : `# Performance\n\n${BEGIN}\n${END}\n`;
  const [head = '', rest = ''] = before.split(BEGIN);
  return `${head}${BEGIN}\n\n${figures}\n${END}${rest.split(END)[1] ?? '\n'}`;
}
