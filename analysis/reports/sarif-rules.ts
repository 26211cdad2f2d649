/** The rules of a SARIF report: one for each property, and one for each other kind of outcome. */
import type { ReportingDescriptor } from 'sarif';
import { ownProperties } from '../../checker/claims/own-properties.ts';
import { properties } from '../../properties/all.ts';
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

const stated: readonly Stated[] = [
  ...properties.map(({ id, statement, kind, quiescence, sources, catches }) => ({
    id,
    statement,
    more: [
      `When it must hold: ${quiescence}.`,
      `Paper: ${sources.paper}.`,
      `Kernel: ${sources.kernel}.`,
      ...(catches.length === 0 ? [] : [`Faults that it catches: ${catches.join(', ')}.`]),
    ],
    tags: ['property', kind],
    file: `properties/${id}.property.ts`,
  })),
  ...ownProperties.map(({ id, statement, kind, quiescence, file }) => ({
    id,
    statement,
    more: [`When it must hold: ${quiescence}.`, 'The checker adds this property to every check.'],
    tags: ['property', kind],
    file,
  })),
  {
    id: 'stored-trace',
    statement: 'A stored story ends as its file says.',
    more: ['See docs/reference/trace-format.md for what a replay can say.'],
    tags: ['trace'],
    file: 'traces/README.md',
  },
  {
    id: 'pinned-counts',
    statement: 'A scenario has as many states, transitions and steps of depth as are pinned.',
    more: ['A space that collapses proves nothing, even where every property holds.'],
    tags: ['baseline'],
    file: 'traces/explore.baseline.json',
  },
  {
    id: 'pinned-transitions',
    statement: 'The small scenarios take the transitions of the machines that are pinned.',
    more: ['What cannot happen any more breaks no property.'],
    tags: ['baseline'],
    file: 'traces/transitions.baseline.json',
  },
  {
    id: 'shipped-fault',
    statement: 'A shipped fault is caught by a property that is expected to catch it.',
    more: ['A checker that finds no fault proves nothing.'],
    tags: ['fault'],
    file: 'docs/reference/kernels.md',
  },
];

export const rules: readonly Rule[] = stated.map(({ id, statement, more, tags, file }) => ({
  descriptor: {
    id,
    name: id,
    shortDescription: { text: statement },
    fullDescription: { text: [statement, more[0]].join(' ') },
    help: { text: [statement, ...more].join('\n'), markdown: markdown(statement, more) },
    defaultConfiguration: { level: 'error' },
    properties: { tags: [...tags], precision: 'very-high' },
  },
  file,
}));

const ruleOfKind = {
  property: undefined,
  trace: 'stored-trace',
  baseline: 'pinned-counts',
  transitions: 'pinned-transitions',
  fault: 'shipped-fault',
} as const;

/** Of a property that is not shipped, a rule that only has its name. */
export function ruleFor({ what, property }: Pick<Outcome, 'what' | 'property'>): Rule {
  const id = ruleOfKind[what] ?? property ?? 'property';
  const known = rules.find(({ descriptor }) => descriptor.id === id);
  return known ?? { descriptor: { id }, file: 'properties/all.ts' };
}

function markdown(statement: string, more: readonly string[]): string {
  return [`**${statement}**`, '', ...more.map((line) => `- ${line}`)].join('\n');
}
