/**
 * Finds the places of a source at which something can be taken out, and writes the source again with a
 * switch at each (switch.ts). One build then has every change, and nothing is compiled twice.
 */
import { parseSync, visitorKeys, type Node } from 'oxc-parser';

export type Site = {
  readonly id: number;
  /** Stable while its own lines are: the file, the function, the text, and the change. */
  readonly name: string;
  readonly file: string;
};

export type SiteSource = { readonly file: string; readonly text: string };

/** The specifier under which an instrumented source imports its switch. */
export const SWITCH = 'condition-switch';

const PREDICATES = new Set(['filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'with']);
const CLAIMS = new Set([
  'claims',
  'claimsWhenStuck',
  'claimsOnStep',
  'claimsAtStart',
  'removals',
  'comesToRest',
]);
const FINDING = ['subject', 'expected', 'found'];
const LONGEST_TEXT = 80;

type Any = Node & { readonly [field: string]: unknown };
/** Code that is put around the text of a node. */
type Wrap = (text: string) => string;

/** The sites of a file so far, and the code that is put around them. */
type Sites = {
  readonly found: readonly Site[];
  /** Adds a site that is named by its text; returns its number. */
  readonly add: (node: Any, within: string, change: string) => number;
  /** Adds a site that is named by its place: the words of a finding may change. */
  readonly addNamed: (within: string, change: string) => number;
  readonly wrap: (node: Any, by: Wrap) => void;
  readonly textOf: (node: Any) => string;
  /** The text of a node, with the code put around it and around the nodes in it. */
  readonly written: (node: Any) => string;
};

/** The sites of a file, numbered from `first`. */
export function instrumented(
  source: SiteSource,
  first: number,
): { readonly text: string; readonly sites: readonly Site[] } {
  const { file, text } = source;
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be parsed'}`);
  const sites = createSites(source, first);
  visit(sites, program as Any, { within: '', isClaims: false });
  const imported = `import { taken, isLeftOut, blanked } from '${SWITCH}';\n`;
  return { text: imported + sites.written(program as Any), sites: sites.found };
}

function createSites({ file, text }: SiteSource, first: number): Sites {
  const found: Site[] = [];
  const wraps = new Map<Node, Wrap[]>();
  const names = new Map<string, number>();
  return { found, add, addNamed, wrap, textOf, written };

  function add(node: Any, within: string, change: string): number {
    const said = textOf(node).replaceAll(/\s+/g, ' ');
    const short = said.length > LONGEST_TEXT ? `${said.slice(0, LONGEST_TEXT)}...` : said;
    return addNamed(within, `${short}, ${change}`);
  }

  function addNamed(within: string, change: string): number {
    const id = first + found.length;
    const plain = `${shortOf(file)} ${within}: ${change}`;
    const before = names.get(plain) ?? 0;
    names.set(plain, before + 1);
    found.push({ id, file, name: before === 0 ? plain : `${plain} (${before + 1})` });
    return id;
  }

  function wrap(node: Any, by: Wrap): void {
    wraps.set(node, [...(wraps.get(node) ?? []), by]);
  }

  function textOf(node: Any): string {
    return text.slice(node.start, node.end);
  }

  function written(node: Any): string {
    let out = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      // In `{ page }`, key and value are one text.
      if (child.start < at) continue;
      out += text.slice(at, child.start) + written(child);
      at = child.end;
    }
    out += text.slice(at, node.end);
    return (wraps.get(node) ?? []).reduce((inner, by) => by(inner), out);
  }
}

type Place = { readonly within: string; readonly isClaims: boolean };

function visit(sites: Sites, node: Any, place: Place): void {
  const within = nameIn(node) ?? place.within;
  const isClaims = place.isClaims || (isProperty(node) && CLAIMS.has(keyOf(node) ?? ''));
  addConditions(sites, node, within);
  addFinding(sites, node, within);
  if (isClaims) addClaims(sites, node, within);
  addParameters(sites, node, within);
  for (const child of childrenOf(node)) visit(sites, child, { within, isClaims });
}

function addConditions(sites: Sites, node: Any, within: string): void {
  if (node.type === 'LogicalExpression') {
    if (node.operator === '??') return addAlternative(sites, node, within);
    for (const operand of [node.left, node.right] as Any[]) {
      if (isSameChain(operand, node)) continue;
      addConstant(sites, operand, { within, instead: node.operator === '&&' });
    }
  }
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
    addBothWays(sites, node.test as Any, within);
  }
  for (const answer of answersOf(node)) addBothWays(sites, answer, within);
}

/** Takes `a` out of `a ?? b`. A literal `b` is the value of a case that cannot occur: nothing is done. */
function addAlternative({ add, wrap }: Sites, node: Any, within: string): void {
  const right = node.right as Any;
  if (right.type === 'Literal' || right.type === 'ArrayExpression') return;
  const id = add(node.left as Any, within, 'left out');
  wrap(node.left as Any, (left) => `(isLeftOut(${id}) ? null : ${left})`);
}

/** As true and as false; all of `&&` only as false, all of `||` only as true: their operands do the rest. */
function addBothWays(sites: Sites, node: Any, within: string): void {
  const chain = node.type === 'LogicalExpression' ? node.operator : undefined;
  if (chain !== '&&') addConstant(sites, node, { within, instead: true });
  if (chain !== '||') addConstant(sites, node, { within, instead: false });
}

function addConstant(
  { add, wrap }: Sites,
  node: Any,
  { within, instead }: { readonly within: string; readonly instead: boolean },
): void {
  if (node.type === 'Literal') return;
  const id = add(node, within, `taken as ${instead}`);
  wrap(node, (value) => `taken(${id}, ${value}, ${instead})`);
}

function addFinding({ addNamed, textOf, wrap }: Sites, node: Any, within: string): void {
  const isFinding =
    node.type === 'ObjectExpression' &&
    FINDING.every((each) => propertiesOf(node).some((property) => keyOf(property) === each));
  const isCompared =
    node.type === 'CallExpression' && ['equal', 'firstOf'].includes(textOf(node.callee as Any));
  if (!isFinding && !isCompared) return;
  const id = addNamed(within, isFinding ? 'finding left out' : 'comparison left out');
  wrap(node, (value) => `(isLeftOut(${id}) ? undefined : ${value})`);
}

/** Whole claims: the elements of the lists in which they are made. */
function addClaims({ add, wrap }: Sites, node: Any, within: string): void {
  if (node.type !== 'ArrayExpression') return;
  for (const element of node.elements as (Any | null)[]) {
    if (element === null || element.type === 'Literal') continue;
    const isSpread = element.type === 'SpreadElement';
    if (!isSpread && element.type !== 'ArrowFunctionExpression' && !isCall(element)) continue;
    const id = add(element, within, 'left out');
    wrap(element, (value) =>
      isSpread
        ? `...(isLeftOut(${id}) ? [] : ${value.slice(3)})`
        : `...(isLeftOut(${id}) ? [] : [${value}])`,
    );
  }
}

/** The parameters that an effect sends with its event. */
function addParameters({ add, textOf, wrap, written }: Sites, node: Any, within: string): void {
  if (node.type !== 'CallExpression' || textOf(node.callee as Any) !== 'send') return;
  const event = (node.arguments as Any[])[1];
  if (event?.type !== 'ObjectExpression') return;
  const [type] = propertiesOf(event).filter((each) => keyOf(each) === 'type');
  for (const each of propertiesOf(event)) {
    const key = keyOf(each);
    if (key === undefined || key === 'type') continue;
    const value = each.value as Any;
    const sent = type === undefined ? '' : textOf(type.value as Any).slice(1, -1);
    const id = add(each, `${within}: ${sent}`, 'blank');
    // Shorthand `{ page }` becomes `{ page: ... }`.
    wrap(each, () => `${key}: blanked(${id}, ${written(value)})`);
  }
}

/** "nothing-is-left", "quiescence", "model/results". */
function shortOf(file: string): string {
  return file.replace(/^properties\//, '').replace(/(\.property)?\.ts$/, '');
}

/** In the order of the text. Types say nothing at run time. */
function childrenOf(node: Any): readonly Any[] {
  return (visitorKeys[node.type] ?? [])
    .flatMap((key) => node[key] as Any | null | readonly (Any | null)[])
    .filter((child): child is Any => child !== null && child !== undefined)
    .filter(({ type }) => !type.startsWith('TSType') && !type.startsWith('TSInterface'))
    .toSorted((a, b) => a.start - b.start);
}

/** `a && b && c` is one chain of three. */
function isSameChain(operand: Any, { operator }: Any): boolean {
  return operand.type === 'LogicalExpression' && operand.operator === operator;
}

/** The results of a function by which a list is filtered, or which answers a pattern. */
function answersOf(node: Any): readonly Any[] {
  if (node.type !== 'CallExpression') return [];
  const callee = node.callee as Any;
  if (callee.type !== 'MemberExpression') return [];
  if (!PREDICATES.has((callee.property as Any)['name'] as string)) return [];
  const given = (node.arguments as Any[]).at(-1);
  if (given?.type !== 'ArrowFunctionExpression') return [];
  const body = given['body'] as Any;
  return body.type === 'BlockStatement' ? returnsIn(body) : [body];
}

function returnsIn(node: Any): readonly Any[] {
  if (node.type === 'ReturnStatement')
    return node['argument'] === null ? [] : [node['argument'] as Any];
  if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression') return [];
  return childrenOf(node).flatMap(returnsIn);
}

function nameIn(node: Any): string | undefined {
  if (node.type === 'FunctionDeclaration') return (node['id'] as Any)['name'] as string;
  if (!isProperty(node)) return undefined;
  const value = node['value'] as Any;
  const isFunction = value.type === 'ArrowFunctionExpression' || isCall(value);
  return isFunction || CLAIMS.has(keyOf(node) ?? '') ? keyOf(node) : undefined;
}

function isCall({ type }: Any): boolean {
  return type === 'CallExpression';
}

function isProperty({ type }: Any): boolean {
  return type === 'Property';
}

function propertiesOf(node: Any): readonly Any[] {
  return (node['properties'] as Any[]).filter(isProperty);
}

function keyOf(node: Any): string | undefined {
  const key = node['key'] as Any;
  return key.type === 'Identifier' ? key['name'] : undefined;
}
