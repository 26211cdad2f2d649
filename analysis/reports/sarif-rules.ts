/** The rules of a SARIF report: one for each property, and one for each other kind of outcome. */
import { fileURLToPath } from 'node:url';
import { storedNames } from '../baselines/stored-names.ts';
import { pathFrom } from '../files/project-paths.ts';
import type { ReportingDescriptor } from 'sarif';
import { ownProperties } from '../../checker/claims/own-properties.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { Outcome } from './outcome.ts';

export type Rule = {
  readonly descriptor: ReportingDescriptor;
  /** Where what fails is stated, relative to the project. */
  readonly file: string;
};

type Stated = {
  readonly id: string;
  readonly statement: string;
  readonly more: readonly string[];
  readonly tags: readonly string[];
  readonly file: string;
};

/** In the order of properties; the checker's own and the other kinds of outcome after them. */
export function rulesOf(spec: Loaded): readonly Rule[] {
  const names = storedNames(spec.home);
  const stated: readonly Stated[] = [
    ...spec.properties.map((property): Stated => statedBy(spec, property)),
    ...ownProperties.map(({ id, statement, kind, quiescence }) => ({
      id,
      statement,
      more: [`When it must hold: ${quiescence}.`, 'The checker adds this property to every check.'],
      tags: ['property', kind],
      file: variantsFile(spec),
    })),
    {
      id: 'stored-trace',
      statement: 'A stored story ends as its file says.',
      more: ['See docs/reference/trace-format.md for what a replay can say.'],
      tags: ['trace'],
      file: names.stories,
    },
    {
      id: 'pinned-counts',
      statement: 'A scenario has as many states, transitions and steps of depth as are pinned.',
      more: ['A space that collapses proves nothing, even where every property holds.'],
      tags: ['baseline'],
      file: names.counts,
    },
    {
      id: 'pinned-transitions',
      statement: 'The small scenarios take the transitions of the machines that are pinned.',
      more: ['What cannot happen any more breaks no property.'],
      tags: ['baseline'],
      file: names.taken,
    },
    {
      id: 'shipped-fault',
      statement: 'A shipped fault is caught by a property that is expected to catch it.',
      more: ['A checker that finds no fault proves nothing.'],
      tags: ['fault'],
      file: variantsFile(spec),
    },
  ];
  return stated.map(ruleOf);
}

function statedBy(
  spec: Loaded,
  { id, statement, kind, quiescence, sources = {}, catches = [] }: Loaded['properties'][number],
): Stated {
  return {
    id,
    statement,
    more: [
      ...(quiescence === undefined ? [] : [`When it must hold: ${quiescence}.`]),
      ...Object.entries(sources).map(([source, where]) => `${capitalized(source)}: ${where}.`),
      ...(catches.length === 0 ? [] : [`Faults that it catches: ${catches.join(', ')}.`]),
    ],
    tags: ['property', kind],
    file: spec.files?.property(id) ?? variantsFile(spec),
  };
}

/** Where the specification is, for what has no file of its own. */
function variantsFile({ files, source, home }: Loaded): string {
  return files?.variants ?? pathFrom(home.base, fileURLToPath(source.specification));
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function ruleOf({ id, statement, more, tags, file }: Stated): Rule {
  return {
    descriptor: {
      id,
      ...nameOf(id),
      shortDescription: { text: statement },
      fullDescription: { text: [statement, ...more.slice(0, 1)].join(' ') },
      help: { text: [statement, ...more].join('\n'), markdown: markdown(statement, more) },
      defaultConfiguration: { level: 'error' },
      properties: { tags: [...tags], precision: 'very-high' },
    },
    file,
  };
}

/** For people, in the case that SARIF's validator asks for; left out where only case tells it from the id. */
function nameOf(id: string): Pick<ReportingDescriptor, 'name'> {
  const name = id.split(/\W|_/).map(capitalized).join('');
  return name.toLowerCase() === id.toLowerCase() || name === '' ? {} : { name };
}

const ruleOfKind = {
  property: undefined,
  trace: 'stored-trace',
  baseline: 'pinned-counts',
  transitions: 'pinned-transitions',
  fault: 'shipped-fault',
} as const;

/** Of a property that nobody states, a rule that only has its name. */
export function ruleFor(
  rules: readonly Rule[],
  { what, property }: Pick<Outcome, 'what' | 'property'>,
): Rule {
  const id = ruleOfKind[what] ?? property ?? 'property';
  const known = rules.find(({ descriptor }) => descriptor.id === id);
  return known ?? { descriptor: { id }, file: rules[0]?.file ?? '' };
}

function markdown(statement: string, more: readonly string[]): string {
  return [`**${statement}**`, '', ...more.map((line) => `- ${line}`)].join('\n');
}
