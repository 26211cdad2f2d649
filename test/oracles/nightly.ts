/**
 * What `npm test` does a little of, done for long: the engine judged by random protocols, or by all
 * that is shipped. Bundled and started by `scripts/nightly.mjs`.
 *
 *   The work is done on a worker thread, so that one thread is left to say that it hangs.
 */
import * as fc from 'fast-check';
import { counted } from '../../checker/text/tables.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { instanceOf } from './described-protocol.ts';
import { differences, judged } from './judge.ts';
import { description } from './random-protocols.ts';
import { emptied, faulty, repaired } from './shipped-instances.ts';
import { runNightly, say } from '../support/nightly-thread.ts';

type Asked = {
  readonly part: 'protocols' | 'shipped';
  readonly seed: number;
  readonly protocols: number;
  readonly minutes?: number;
  /** Of what is shipped, this alone. */
  readonly of?: string;
  readonly board: Int32Array;
};

/** One thing to judge; how many states that took, or how to see what is wrong. */
type Case = {
  readonly name: string;
  readonly again: string;
  readonly judge: () => { readonly states: number; readonly wrong: readonly string[] };
};

const EVERY_MS = 10_000;
const HANGS_MS = 300_000;
const SHRINKING_MS = 60_000;
/** Beyond these, one more fault says nothing new. */
const MOST_WRONG = 5;
/** States after which one more level is looked at. */
const ENOUGH = { whole: 5000, emptied: 300 };

runNightly<Omit<Asked, 'board'>>({
  fields: 1,
  hangsMs: HANGS_MS,
  hanging: (asked, board) => {
    const [hanging] = casesOf(asked, board[0] ?? 0, 1);
    return [`FAILED  ${hanging?.name}: hangs`, `        again: ${hanging?.again}`];
  },
  work: judgeAll,
});

/** The exit code. */
function judgeAll(asked: Asked): number {
  const { part, protocols, minutes = Infinity, board, of } = asked;
  const shipped = casesOf({ ...asked, part: 'shipped' });
  if (of !== undefined && shipped.length === 0) {
    say(`nightly: --of: nothing that is shipped is called "${of}"`);
    return EXIT.usage;
  }
  const count = part === 'shipped' ? shipped.length : protocols;
  const end = Date.now() + minutes * 60_000;
  let [done, states, wrong, said] = [0, 0, 0, Date.now()];
  for (; done < count && wrong < MOST_WRONG && Date.now() < end; done++) {
    Atomics.store(board, 0, done);
    const [each] = part === 'shipped' ? shipped.slice(done) : casesOf(asked, done, 1);
    if (each === undefined) break;
    const judgement = each.judge();
    states += judgement.states;
    if (judgement.wrong.length > 0) {
      wrong++;
      say(`FAILED  ${each.name}`, `        again: ${each.again}`, ...judgement.wrong);
    }
    if (Date.now() - said < EVERY_MS) continue;
    said = Date.now();
    say(`${part}: ${counted(done + 1)} of ${counted(count)}, ${counted(states, 'state')}`);
  }
  const held = wrong === 0 ? 'the engine agrees with the naive explorer' : 'they DIFFER';
  say(`${part}: ${counted(done)} of ${counted(count)}, ${counted(states, 'state')}: ${held}`);
  return wrong === 0 ? EXIT.holds : EXIT.differs;
}

function casesOf(
  { part, seed, of }: Pick<Asked, 'part' | 'seed' | 'of'>,
  first = 0,
  count = Infinity,
): readonly Case[] {
  if (part === 'protocols') return [randomCase(seed + first)];
  const all = [
    ...repaired.map((each) => ({ ...each, enough: ENOUGH.whole })),
    ...faulty.map((each) => ({ ...each, enough: ENOUGH.whole })),
    ...emptied(seed).map((each) => ({ ...each, enough: ENOUGH.emptied })),
  ];
  return all
    .filter(({ name }) => of === undefined || name === of)
    .slice(first, first + count)
    .map(({ name, instance, enough }) => ({
      name,
      again: `npm run nightly -- --part shipped --seed ${seed} --of "${name}"`,
      judge: () => {
        const judgement = judged(instance(), { enough });
        return { states: judgement.naive.states, wrong: differences(judgement) };
      },
    }));
}

function randomCase(seed: number): Case {
  const options = fc.record({ remember: fc.boolean(), stops: fc.boolean() });
  return {
    name: `the protocol of seed ${seed}`,
    again: `npm run nightly -- --part protocols --seed ${seed} --protocols 1`,
    judge: () => {
      let states = 0;
      const property = fc.property(description, options, (described, drawn) => {
        const enough = 100 * 2 ** (seed % 4);
        const judgement = judged(instanceOf(described), { ...drawn, enough });
        states = judgement.naive.states;
        const [first = judgement.naive.thrown] = differences(judgement);
        if (first !== undefined) throw new Error(first);
      });
      const result = fc.check(property, {
        seed,
        numRuns: 1,
        unbiased: true,
        interruptAfterTimeLimit: SHRINKING_MS,
      });
      return { states, wrong: result.failed ? [fc.defaultReportMessage(result) ?? ''] : [] };
    },
  };
}
