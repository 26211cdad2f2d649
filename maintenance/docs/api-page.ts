/**
 * The API reference, generated from the declarations in the package: API Extractor gathers the declarations
 * of an entry point in one file, docstrings included, and this page shows them one by one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

type Declaration = {
  readonly name: string;
  readonly isExported: boolean;
  readonly kind: string;
  /** The docstring, as Markdown. */
  readonly about: string;
  readonly code: string;
};

const entries = [
  {
    name: 'sprite-check/checker',
    file: 'dist/checker/library.d.ts',
    about:
      'The checker, for your own protocol. [Check your own protocol](../guides/check-your-own-protocol.md) shows how to use it.',
  },
  {
    name: 'sprite-check/testing',
    file: 'dist/testing/expect-kernel.d.ts',
    about:
      'Expectations for any test runner. [In your own tests](../guides/in-your-own-tests.md) shows how to use them.',
  },
];

/** Expects a build. Lines of the page; the first is the title. */
export function apiPage(root: string): readonly string[] {
  const shown = new Set<string>();
  return [
    '# API reference',
    'The exports of the package, with their docstrings. Tests compile and run every example.',
    ...entries.flatMap(({ name, file, about }) => {
      const all = declarationsIn(gathered(root, file));
      const fresh = all.filter((each) => !shown.has(each.name));
      for (const each of all) shown.add(each.name);
      return ['', `## ${name}`, '', about, ...sections(fresh)];
    }),
  ];
}

function sections(all: readonly Declaration[]): readonly string[] {
  const isType = ({ kind }: Declaration): boolean => kind === 'type';
  const exported = all.filter(({ isExported }) => isExported);
  return [
    ...titled(
      'Functions and values',
      exported.filter((each) => !isType(each)),
    ),
    ...titled('Types', exported.filter(isType)),
    ...titled('Types that these refer to, and that you need not import', namedBy(exported, all)),
  ];
}

function titled(title: string, declarations: readonly Declaration[]): readonly string[] {
  if (declarations.length === 0) return [];
  return ['', `### ${title}`, ...declarations.flatMap(section)];
}

function section({ name, about, code }: Declaration): readonly string[] {
  return ['', `#### ${name}`, ...(about === '' ? [] : ['', about]), '', '```ts', code, '```'];
}

/** Types that are not exported but occur in an exported declaration. */
function namedBy(
  exported: readonly Declaration[],
  all: readonly Declaration[],
): readonly Declaration[] {
  const words = new Set(exported.flatMap(({ code }) => code.match(/\b[A-Z]\w*/g) ?? []));
  return all.filter(({ name, isExported }) => !isExported && words.has(name));
}

/** All declarations of an entry point, as the text of one file. */
function gathered(root: string, file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-api-'));
  const path = join(folder, 'gathered.d.ts');
  const entry = join(root, file);
  try {
    const { succeeded } = Extractor.invoke(
      ExtractorConfig.prepare({
        packageJsonFullPath: join(root, 'package.json'),
        configObjectFullPath: undefined,
        configObject: {
          projectFolder: root,
          mainEntryPointFilePath: entry,
          compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
          newlineKind: 'lf',
          apiReport: { enabled: false },
          docModel: { enabled: false },
          tsdocMetadata: { enabled: false },
          dtsRollup: { enabled: true, untrimmedFilePath: path },
          messages: {
            compilerMessageReporting: logged(ExtractorLogLevel.Error),
            extractorMessageReporting: logged(ExtractorLogLevel.None),
            tsdocMessageReporting: logged(ExtractorLogLevel.None),
          },
        },
      }),
      { localBuild: true, messageCallback: (message) => (message.handled = true) },
    );
    if (!succeeded) throw new Error(`${file}: expected declarations that compile`);
    return readFileSync(path, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const compilerOptions = {
  module: 'nodenext',
  target: 'es2022',
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  types: ['node'],
};

function logged(logLevel: ExtractorLogLevel): { default: { logLevel: ExtractorLogLevel } } {
  return { default: { logLevel } };
}

/** API Extractor calls our `Event` `Event_2`, because the platform has an `Event`, too. */
function declarationsIn(text: string): readonly Declaration[] {
  const own = withoutNumbers(text);
  const exportedLater = new Set(
    [...own.matchAll(/^export \{ (\w+) \}$/gm)].map(([, name]) => name),
  );
  const found = own.matchAll(
    /^(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?(export )?declare (?:abstract )?(type|function|const|class) (\w+)(?:(?!\n\n(?:\/\*\*|export |declare ))[^])*/gm,
  );
  return [...found].map(([whole, docstring = '', exported, kind = '', name = '']) => ({
    name,
    kind,
    isExported: exported !== undefined || exportedLater.has(name),
    about: asMarkdown(docstring),
    code: whole
      .slice(whole.search(/^(export )?declare /m))
      .replace(/^(export )?declare /, '')
      .trimEnd(),
  }));
}

function withoutNumbers(text: string): string {
  return text
    .replaceAll(/^export \{ (\w+)_2 as \1 \}$/gm, 'export { $1 }')
    .replaceAll(/\b([A-Z][A-Za-z]*)_\d\b/g, '$1');
}

function asMarkdown(docstring: string): string {
  return docstring
    .replaceAll(/^ \* ?/gm, '')
    .replaceAll(/^@example$/gm, 'For example:\n')
    .trim();
}
