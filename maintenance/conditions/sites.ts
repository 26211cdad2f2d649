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

/** The sites of a file, numbered from `first`. */
// oxlint-disable-next-line max-lines-per-function -- one walk over a file: its functions share the text and the sites
export function instrumented(
  { file, text }: SiteSource,
  first: number,
): { readonly text: string; readonly sites: readonly Site[] } {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be parsed'}`);
  const sites: Site[] = [];
  const wraps = new Map<Node, Wrap[]>();
  const names = new Map<string, number>();
  visit(program as Any, '', false);
  const imported = `import { taken, isLeftOut, blanked } from '${SWITCH}';\n`;
  return { text: imported + written(program as Any), sites };

  function visit(node: Any, within: string, isClaims: boolean): void {
    const name = nameIn(node) ?? within;
    const inClaims = isClaims || (isProperty(node) && CLAIMS.has(keyOf(node) ?? ''));
    condition(node, name);
    finding(node, name);
    if (inClaims) claim(node, name);
    parameter(node, name);
    for (const child of childrenOf(node)) visit(child, name, inClaims);
  }

  function condition(node: Any, within: string): void {
    if (node.type === 'LogicalExpression') {
      if (node.operator === '??') return alternative(node, within);
      for (const operand of [node.left, node.right] as Any[]) {
        if (isSameChain(operand, node)) continue;
        constant(operand, within, node.operator === '&&');
      }
    }
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
      bothWays(node.test as Any, within);
    }
    for (const answer of answersOf(node)) bothWays(answer, within);
  }

  /** Takes `a` out of `a ?? b`. A literal `b` is the value of a case that cannot occur: nothing is done. */
  function alternative(node: Any, within: string): void {
    const right = node.right as Any;
    if (right.type === 'Literal' || right.type === 'ArrayExpression') return;
    const id = site(node.left as Any, within, 'left out');
    wrap(node.left as Any, (left) => `(isLeftOut(${id}) ? null : ${left})`);
  }

  /** As true and as false; all of `&&` only as false, all of `||` only as true: their operands do the rest. */
  function bothWays(node: Any, within: string): void {
    const chain = node.type === 'LogicalExpression' ? node.operator : undefined;
    if (chain !== '&&') constant(node, within, true);
    if (chain !== '||') constant(node, within, false);
  }

  function constant(node: Any, within: string, instead: boolean): void {
    if (node.type === 'Literal') return;
    const id = site(node, within, `taken as ${instead}`);
    wrap(node, (value) => `taken(${id}, ${value}, ${instead})`);
  }

  function finding(node: Any, within: string): void {
    const isFinding =
      node.type === 'ObjectExpression' &&
      FINDING.every((each) => propertiesOf(node).some((property) => keyOf(property) === each));
    const isCompared =
      node.type === 'CallExpression' && ['equal', 'firstOf'].includes(textOf(node.callee as Any));
    if (!isFinding && !isCompared) return;
    const id = named(within, isFinding ? 'finding left out' : 'comparison left out');
    wrap(node, (value) => `(isLeftOut(${id}) ? undefined : ${value})`);
  }

  /** Whole claims: the elements of the lists in which they are made. */
  function claim(node: Any, within: string): void {
    if (node.type !== 'ArrayExpression') return;
    for (const element of node.elements as (Any | null)[]) {
      if (element === null || element.type === 'Literal') continue;
      const isSpread = element.type === 'SpreadElement';
      if (!isSpread && element.type !== 'ArrowFunctionExpression' && !isCall(element)) continue;
      const id = site(element, within, 'left out');
      wrap(element, (value) =>
        isSpread
          ? `...(isLeftOut(${id}) ? [] : ${value.slice(3)})`
          : `...(isLeftOut(${id}) ? [] : [${value}])`,
      );
    }
  }

  /** The parameters that an effect sends with its event. */
  function parameter(node: Any, within: string): void {
    if (node.type !== 'CallExpression' || textOf(node.callee as Any) !== 'send') return;
    const event = (node.arguments as Any[])[1];
    if (event?.type !== 'ObjectExpression') return;
    const [type] = propertiesOf(event).filter((each) => keyOf(each) === 'type');
    for (const each of propertiesOf(event)) {
      const key = keyOf(each);
      if (key === undefined || key === 'type') continue;
      const value = each.value as Any;
      const sent = type === undefined ? '' : textOf(type.value as Any).slice(1, -1);
      const id = site(each, `${within}: ${sent}`, 'blank');
      // Shorthand `{ page }` becomes `{ page: ... }`.
      wrap(each, () => `${key}: blanked(${id}, ${written(value)})`);
    }
  }

  function site(node: Any, within: string, change: string): number {
    const said = textOf(node).replaceAll(/\s+/g, ' ');
    const short = said.length > LONGEST_TEXT ? `${said.slice(0, LONGEST_TEXT)}...` : said;
    return named(within, `${short}, ${change}`);
  }

  /** A finding is named by its place: its words may change. */
  function named(within: string, change: string): number {
    const id = first + sites.length;
    const plain = `${shortOf(file)} ${within}: ${change}`;
    const before = names.get(plain) ?? 0;
    names.set(plain, before + 1);
    sites.push({ id, file, name: before === 0 ? plain : `${plain} (${before + 1})` });
    return id;
  }

  function wrap(node: Any, by: Wrap): void {
    wraps.set(node, [...(wraps.get(node) ?? []), by]);
  }

  /** The text of a node, with the code put around it and around the nodes in it. */
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

  function textOf(node: Any): string {
    return text.slice(node.start, node.end);
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
