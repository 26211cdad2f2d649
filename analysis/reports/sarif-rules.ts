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
  /** The file that states what fails, relative to the project. */
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
      more: ['The possible results of a replay are in docs/reference/trace-format.md.'],
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
      more: ['A transition that can no longer happen violates no property.'],
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

/** The file of the specification, for rules without a file of their own. */
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

/** For people, in the case that SARIF's validator asks for; left out if it differs from the id only in case. */
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

/** For a property that the specification does not state, a rule with its name only. */
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
