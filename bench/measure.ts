/** `node dist/bench/measure.js NAME ARGUMENT`: one measurement, its figures as JSON. See alone.ts. */
import { findFault } from './faults-bench.ts';
import { searchMiniMig } from './minimig-bench.ts';
import { exploreSprite, walkSprite } from './sprite-bench.ts';

const measurements = { searchMiniMig, exploreSprite, walkSprite, findFault };

const [name = '', argument = 'null'] = process.argv.slice(2);
const measure = measurements[name as keyof typeof measurements] as (given: unknown) => unknown;
process.stdout.write(JSON.stringify(measure(JSON.parse(argument))));
