/** From what the searches found to traces on disk: of each violated property, the shortest story. */
import { join } from 'node:path';
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { writeWhole } from '../../checker/text/files.ts';
import { printTrace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { kernels } from '../../model/kernels/all.ts';
import { properties as shipped } from '../../properties/all.ts';
import type { CheckOptions, Told } from './check-result.ts';
import type { SearchResult, StoryJob } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { refuseStoredIn } from '../files/output-places.ts';

/** How far a certificate is looked for: a story of a general scenario may have a very large space. */
const CERTIFICATE_STATES = 300_000;

type Asked = Pick<CheckOptions, 'kernel' | 'maxStates' | 'out'>;

export async function writeStories(
  pool: Pool,
  results: readonly SearchResult[],
  options: Asked,
): Promise<readonly Told[]> {
  const candidates = results.flatMap((result) => storiesIn(result, options));
  const ids = [...new Set(candidates.map(({ job }) => job.property))];
  const chosen = ids.map((id) => best(candidates.filter(({ job }) => job.property === id)));
  const refined = await pool.attempt(
    chosen.map(({ job }) => job),
    'shrinking',
  );
  return refined.flatMap((story, index) => {
    if (story.kind === 'broken') {
      const property = chosen[index]?.job.property ?? '';
      process.stderr.write(`no story of ${property}: the model throws: ${story.why}\n`);
      return [];
    }
    const { trace, differs, shrunkTo, alsoIn } = story;
    if (trace === undefined) return [];
    const file = join(options.out, traceName(trace));
    if (differs === undefined) writeWhole(file, printTrace(trace));
    return [{ trace, file, differs, shrunkTo, alsoIn, walked: chosen[index]?.walked }];
  });
}

/** Throws BadInput where no story of this kernel can be written there, or might replace one that is stored. */
export function refuseStoriesIn(folder: string, kernel: string): void {
  const properties = [...shipped.map(({ id }) => id), ...ownPropertyIds];
  refuseStoredIn(
    folder,
    properties.map((property) => traceName({ kernel, property })),
  );
}

function traceName({ kernel, property }: Pick<ViolatedTrace, 'kernel' | 'property'>): string {
  return `${kernel}-${property}.trace.json`;
}

type Candidate = { readonly job: StoryJob; readonly walked: number | undefined };

function storiesIn(result: SearchResult, { kernel, maxStates }: Asked): readonly Candidate[] {
  const common = { kind: 'story', kernel, scenario: result.scenario, maxStates } as const;
  const alsoIn = weaknessesBehind(kernel);
  if (result.kind === 'exhaustive') {
    return result.found.map(({ violation: { property }, start, steps }) => {
      const provenance = { found: 'exhaustive' } as const;
      const properties = [property];
      const about = { properties, property, start, steps, provenance };
      const job = { ...common, ...about, isShortest: true, alsoIn };
      return { job, walked: undefined };
    });
  }
  const { seed } = result;
  const searched = Math.min(maxStates, CERTIFICATE_STATES);
  return result.found.map(({ violation: { property }, start, steps, path, walked }) => {
    const provenance = { found: 'random', seed, path } as const;
    const properties = [property];
    const job = {
      ...common,
      maxStates: searched,
      properties,
      property,
      start,
      steps,
      provenance,
      isShortest: false,
      alsoIn,
    };
    return { job, walked };
  });
}

/** A story found breadth first is preferred, then the shortest, then the first. */
function best(candidates: readonly Candidate[]): Candidate {
  const [first] = candidates.toSorted(
    ({ job: a }, { job: b }) =>
      Number(b.isShortest) - Number(a.isShortest) || a.steps.length - b.steps.length,
  );
  if (first === undefined) throw new Error('a violation without a story');
  return first;
}

/** For a kernel of several weaknesses, the kernels that have one of them each. */
function weaknessesBehind(kernel: string): readonly string[] {
  return kernels.find(({ id }) => id === kernel)?.composedOf ?? [];
}
