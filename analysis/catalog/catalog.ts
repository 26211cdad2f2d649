/** All that has a name in a specification, with all that is known of it: `list` prints it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownProperties } from '../../checker/claims/own-properties.ts';
import type { Property } from '../../checker/specification/property.ts';
import {
  sizeOf,
  type ScenarioBase,
  type Variant,
  type Walkthrough,
} from '../../checker/specification/specification.ts';
import { allPinned } from '../baselines/pinned-counts.ts';
import { testedIn } from '../baselines/scenarios-per-property.ts';
import { storedNames } from '../baselines/stored-names.ts';
import { fromHere } from '../files/home.ts';
import { faultsOf } from '../specification/faults.ts';
import { repairedOf, variantOption, type Loaded } from '../specification/loaded.ts';
import { unique, withoutName } from '../specification/lookup.ts';
import { catchingOf, isMissedBy, storedTrace } from './caught-by.ts';
import type {
  Entry,
  PropertyEntry,
  ScenarioEntry,
  VariantEntry,
  WalkthroughEntry,
} from './entry.ts';

/** Every variant, scenario, property and walkthrough, in this order. */
export function catalogOf(spec: Loaded): readonly Entry[] {
  const own = ownProperties.filter(({ id }) => !spec.properties.some((each) => each.id === id));
  const pinned = pinnedOf(spec);
  return [
    ...spec.variants.map((variant) => variantEntry(spec, variant)),
    ...spec.scenarios.map((scenario: ScenarioBase) => scenarioEntry(spec, scenario, pinned)),
    ...spec.properties.map((property) => propertyEntry(spec, property, pinned)),
    ...own.map((property) => propertyEntry(spec, property, pinned)),
    ...(spec.walkthroughs ?? []).map((walkthrough) => walkthroughEntry(spec, walkthrough)),
  ];
}

type Pinned = {
  readonly counts: ReturnType<typeof allPinned>;
  readonly tested: ReturnType<typeof testedIn>;
};

function pinnedOf({ home }: Loaded): Pinned {
  const { counts, tested } = storedNames(home);
  return { counts: allPinned(join(home.base, counts)), tested: testedIn(join(home.base, tested)) };
}

function variantEntry(spec: Loaded, variant: Variant<unknown>): VariantEntry {
  const { id, title = '', record = '', terms = [], composedOf = [] } = variant;
  // If a fault names no scenario, the first small one.
  const scenario = faultsOf(spec).find((fault) => fault.id === id)?.scenario;
  const { caughtBy, expected, traces } = catchingOf(spec, variant);
  const option = `${variantOption(spec)} ${id}${spec.options}`;
  const [trace] = traces;
  return {
    kind: 'variant',
    name: id,
    title,
    record,
    terms,
    differences: spec.differences?.(variant.value) ?? [],
    composedOf,
    caughtBy,
    expected,
    scenario,
    traces,
    next: [
      ...(trace === undefined ? [] : [`sprite-check explain ${trace}${spec.options}`]),
      `sprite-check check ${scenario === undefined ? '' : `${scenario} `}${option}`,
      ...(id === repairedOf(spec)
        ? []
        : [`sprite-check diff ${repairedOf(spec)} ${id}${spec.options}`]),
    ],
  };
}

function scenarioEntry(
  spec: Loaded,
  scenario: ScenarioBase,
  { counts, tested }: Pinned,
): ScenarioEntry {
  const { name, title = '', size: _, ...data } = scenario;
  const tests = [...tested]
    .filter(([, scenarios]) => scenarios.includes(name))
    .map(([property]) => property);
  return {
    kind: 'scenario',
    name,
    title,
    size: sizeOf(scenario),
    data,
    counts: counts.get(`${repairedOf(spec)}/${name}`),
    tests,
    faults: spec.variants
      .filter((variant) => variant.scenario === name && (variant.caughtBy ?? []).length > 0)
      .map(({ id }) => id),
    next: [
      `sprite-check check ${name}${spec.options}`,
      ...(sizeOf(scenario) === 'small' ? [`sprite-check explore ${name}${spec.options}`] : []),
    ],
  };
}

type Stated = Pick<
  Property<never>,
  'id' | 'statement' | 'kind' | 'quiescence' | 'sources' | 'catches'
> & { readonly witness?: { readonly statement: string } };

function propertyEntry(spec: Loaded, property: Stated, { tested }: Pinned): PropertyEntry {
  const { id, statement, kind, quiescence = '', sources = {}, catches = [], witness } = property;
  const file = witness === undefined ? undefined : spec.files?.property(id);
  const naming = spec.variants.filter(({ caughtBy = [] }) => caughtBy.includes(id));
  // Searched for, and found only by other properties.
  const missed = naming
    .filter((each) => isMissedBy(id, catchingOf(spec, each)))
    .map((each) => each.id);
  return {
    kind: 'property',
    name: id,
    title: statement,
    when: kind,
    quiescence,
    sources,
    witness: witness?.statement ?? '',
    catches: withoutName(unique([...catches, ...naming.map((each) => each.id)]), missed),
    missed,
    testedIn: tested.get(id) ?? [],
    file:
      file !== undefined && existsSync(join(spec.home.base, file))
        ? fromHere(spec.home, file)
        : undefined,
    next: [`sprite-check check --property ${id}${spec.options}`],
  };
}

function walkthroughEntry(
  spec: Loaded,
  { name, title, scenario }: Pick<Walkthrough, 'name' | 'title' | 'scenario'>,
): WalkthroughEntry {
  const traces = storedTrace(spec, 'walkthroughs', name);
  const next = traces.map((trace) => `sprite-check replay ${trace}${spec.options}`);
  return { kind: 'walkthrough', name, title, scenario, traces, next };
}
