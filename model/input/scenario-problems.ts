/**
 * Checks whether a value from a file or from an author's code is a scenario. With a misspelled field, or a
 * name that does not exist, less would be checked.
 */
import { z } from 'zod';
import { didYouMean } from '../../checker/text/nearest-name.ts';
import { streamsOf, streamsOpenedBy } from '../scenarios/calls.ts';
import type { Faults, ProcessSpec, Scenario } from '../scenarios/scenario.ts';
import { callNames, calls, type Argument, type Call } from '../vocabulary/calls.ts';
import { SERVER } from '../vocabulary/holder.ts';

/** Words that appear beside the names of hosts in stories and cells, and are no hosts. */
const WORDS: ReadonlySet<string> = new Set([
  SERVER,
  ...callNames,
  'migrate',
  'exited',
  'destroyed',
  'forGood',
  'inMigration',
  'data',
  'size',
  'page',
  'offset',
]);

type Schemas<Value> = { readonly [field in keyof Required<Value>]: z.ZodType };

/** These names are parts of cell names, which are in traces: "stream p0@A". */
const name = z.string().regex(/^[A-Za-z]\w*$/, 'must be letters and digits, a letter first');
const count = z.int().min(0);
const names = z.array(name);

const argumentSchemas: { readonly [argument in Argument]: z.ZodType } = {
  file: name,
  mode: z.enum(['read', 'write']),
  descriptor: count,
  child: name,
  page: count,
  to: name,
};

const call = z.discriminatedUnion(
  'call',
  callNames.map((each) =>
    z.strictObject({
      call: z.literal(each),
      ...Object.fromEntries(calls[each].map((argument) => [argument, argumentSchemas[argument]])),
    }),
  ) as never,
);

const faults = {
  crashes: z.strictObject({ of: names, times: count }).optional(),
  reboots: z.boolean().optional(),
  lostReplies: count.optional(),
  aborts: z.boolean().optional(),
} satisfies Schemas<Faults>;

/** One of the two is needed: checked below, with a better message. */
const program = {
  script: z.array(call).optional(),
  anyCalls: z.partialRecord(z.enum(callNames), count).optional(),
};

const process = {
  name,
  home: name.nullable(),
  program: z.strictObject(program),
  migrations: z.strictObject({ to: names, times: count }).optional(),
} satisfies Schemas<ProcessSpec>;

const scenario = {
  name: z.string().min(1),
  title: z.string(),
  size: z.enum(['small', 'general', 'large']).optional(),
  hosts: names,
  files: names,
  processes: z.array(z.strictObject(process)),
  descriptors: count,
  pages: count.optional(),
  delayedWrites: z.boolean().optional(),
  faults: z.strictObject(faults).optional(),
  evictions: z.strictObject({ of: names, times: count }).optional(),
  fullTwins: z.boolean().optional(),
  refusing: names.optional(),
} satisfies Schemas<Scenario>;

const schema = z.strictObject(scenario);

/** The names of all fields, to suggest one for a misspelled name. */
const fields = [
  ...[scenario, process, program, faults, argumentSchemas].flatMap((each) => Object.keys(each)),
  'call',
  'of',
  'times',
  'to',
];

/** One line for each problem; none for a scenario that can be run. */
export function scenarioProblems(value: unknown): readonly string[] {
  const where = `scenario ${nameOf(value)}`;
  const read = schema.safeParse(value, { reportInput: true });
  const found = read.success
    ? sensible(value as Scenario)
    : read.error.issues.flatMap((issue) => formProblems(issue));
  return [...new Set(found)].map((problem) => `${where}: ${problem}`);
}

function nameOf(value: unknown): string {
  const given = typeof value === 'object' && value !== null && 'name' in value ? value.name : '';
  return typeof given === 'string' && given !== '' ? given : 'without a name';
}

type Issue = z.core.$ZodIssue;

function formProblems(issue: Issue): readonly string[] {
  const at = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const valid = at.endsWith('anyCalls') ? callNames : fields;
      return `${at === '' ? '' : `${at}: `}there is no field "${key}"${didYouMean(key, valid)}`;
    });
  }
  const given = issue.code === 'invalid_union' ? callIn(issue.input) : issue.input;
  const near = typeof given === 'string' ? didYouMean(given, validIn(issue)) : '';
  return [`${at === '' ? 'it' : at} ${saidOf(issue)}${near}`];
}

function callIn(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'call' in given ? given.call : undefined;
}

function validIn(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? callNames : [];
}

function saidOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_union') return `must be one of ${callNames.join(', ')}`;
  if (issue.code === 'invalid_format') return issue.message;
  if (issue.code !== 'invalid_type') return `is not as it must be: ${issue.message}`;
  return issue.input === undefined
    ? `is missing: ${a(issue.expected)}`
    : `must be ${a(issue.expected)}`;
}

function a(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** "processes[0].program.script[2].mode". */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`))
    .join('')
    .replace(/^\./, '');
}

function sensible(given: Scenario): readonly string[] {
  const found = contentProblems(given);
  return found.length > 0 ? found : sharedNames(given);
}

/** Nothing else may have the name of a host: the name in a cell would mean both. */
function sharedNames(given: Scenario): readonly string[] {
  const { hosts, files, processes } = given;
  const others = {
    files,
    processes: processes.map((each) => each.name),
    streams: streamsOf(given),
  };
  return [
    ...Object.entries(others).flatMap(([what, named]) =>
      named
        .filter((each) => hosts.includes(each))
        .map((each) => `hosts and ${what} both have "${each}": rename one of the two`),
    ),
    ...sharedStreams(given),
  ];
}

/** "p1" with descriptor 0 and "p" with descriptor 10 would be one stream. */
function sharedStreams(given: Scenario): readonly string[] {
  const shared = twiceIn(streamsOf(given));
  return shared.map((stream) => {
    const [one, other] = given.processes
      .filter((spec) => streamsOpenedBy(spec, given.descriptors).includes(stream))
      .map(({ name: owner }) => `descriptor ${stream.slice(owner.length)} of process ${owner}`);
    return `${one} and ${other} would both be stream "${stream}": rename one of the processes`;
  });
}

/** Names that do not exist, and names that two things have. */
function contentProblems(given: Scenario): readonly string[] {
  const { hosts, files, processes, faults: mayFail, evictions, refusing = [] } = given;
  const processNames = processes.map((each) => each.name);
  return [
    ...twice('hosts', hosts),
    ...hosts
      .filter((host) => WORDS.has(host))
      .map(
        (host) => `hosts names "${host}", which is a word of stories and cells: rename the host`,
      ),
    ...twice('files', files),
    ...twice('processes', processNames),
    ...processes.flatMap((each, index) => processProblems(given, each, `processes[${index}]`)),
    ...unknown('faults.crashes.of', mayFail?.crashes?.of ?? [], hosts, 'host'),
    ...unknown('evictions.of', evictions?.of ?? [], hosts, 'host'),
    ...unknown('refusing', refusing, hosts, 'host'),
  ];
}

function processProblems(given: Scenario, spec: ProcessSpec, at: string): readonly string[] {
  const { home, program: calling, migrations } = spec;
  const { script, anyCalls } = calling as {
    readonly script?: readonly Call[];
    readonly anyCalls?: object;
  };
  return [
    ...(home === null ? [] : unknown(`${at}.home`, [home], given.hosts, 'host')),
    ...unknown(`${at}.migrations.to`, migrations?.to ?? [], given.hosts, 'host'),
    ...((script === undefined) === (anyCalls === undefined)
      ? [`${at}.program must have one of script and anyCalls`]
      : []),
    ...(script ?? []).flatMap((each, index) =>
      callProblems(given, each, `${at}.program.script[${index}]`),
    ),
  ];
}

function callProblems(given: Scenario, called: Call, at: string): readonly string[] {
  const { hosts, files, processes, descriptors, pages = 0 } = given;
  const unborn = processes.filter(({ home }) => home === null).map((each) => each.name);
  return [
    ...('file' in called ? unknown(`${at}.file`, [called.file], files, 'file') : []),
    ...('to' in called ? unknown(`${at}.to`, [called.to], hosts, 'host') : []),
    ...('child' in called
      ? unknown(`${at}.child`, [called.child], unborn, 'process whose home is null')
      : []),
    ...('descriptor' in called
      ? tooLarge(`${at}.descriptor`, called.descriptor, descriptors, 'descriptors')
      : []),
    ...('page' in called ? tooLarge(`${at}.page`, called.page, pages, 'pages') : []),
  ];
}

function tooLarge(at: string, value: number, limit: number, field: string): readonly string[] {
  return value < limit ? [] : [`${at} is ${value}, and ${field} is ${limit}: it must be less`];
}

function unknown(
  at: string,
  given: readonly string[],
  valid: readonly string[],
  what: string,
): readonly string[] {
  return given
    .filter((each) => !valid.includes(each))
    .map(
      (each) =>
        `${at} names "${each}", and there is no ${what} of this name${didYouMean(each, valid)}`,
    );
}

function twice(what: string, given: readonly string[]): readonly string[] {
  return twiceIn(given).map((each) => `${what} has "${each}" twice`);
}

function twiceIn(given: readonly string[]): readonly string[] {
  return given.filter((each, index) => given.indexOf(each) !== index);
}
