/**
 * Reads a log as ShiViz does and holds it against the rules that ShiViz has for clocks; written from
 * those rules, knowing nothing of how the log was made.
 */
type Clock = Readonly<Record<string, number>>;

type LogEvent = Readonly<{ host: string; clock: Clock; text: string }>;

/** The executions of a file: the first line reads events, the second divides them. */
export function readShiviz(file: string): readonly (readonly LogEvent[])[] {
  const [parser = '', delimiter = '', ...log] = file.split('\n');
  return log
    .join('\n')
    .split(expression(delimiter))
    .filter((_, index) => index % 2 === 0)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const events = [...part.matchAll(expression(parser))];
      const left = events.reduce((rest, [whole]) => rest.replace(whole, ''), part).trim();
      if (left !== '') throw new Error(`not read: ${left}`);
      return events.map(({ groups = {} }) => ({
        host: groups['host'] ?? '',
        clock: JSON.parse(groups['clock'] ?? '{}') as Clock,
        text: groups['event'] ?? '',
      }));
    });
}

/** As ShiViz compiles it: groups without a name are made not to capture. */
function expression(line: string): RegExp {
  return new RegExp(`^${line.replaceAll(/\((?!\?)/g, '(?:')}$`, 'gm');
}

/** What is wrong with the clocks of one execution; nothing where ShiViz takes it. */
export function brokenRules(events: readonly LogEvent[]): readonly string[] {
  const byHost = new Map<string, LogEvent[]>();
  for (const event of events) byHost.set(event.host, [...(byHost.get(event.host) ?? []), event]);
  const clockOf = (host: string, count: number): Clock =>
    byHost.get(host)?.[count - 1]?.clock ?? {};
  return events.flatMap((event) => {
    const { host, clock } = event;
    const count = (byHost.get(host) ?? []).indexOf(event) + 1;
    const name = `${host} ${count}`;
    if (clock[host] === undefined) return [`${name}: its own host is missing`];
    if (clock[host] !== count) return [`${name}: its own entry is ${clock[host]}`];
    const strangers = Object.entries(clock).filter(
      ([other, seen]) => seen < 1 || seen > (byHost.get(other)?.length ?? 0),
    );
    if (strangers.length > 0) return [`${name}: no event ${strangers.join(' ')}`];
    const before = clockOf(host, count - 1);
    const senders = Object.entries(clock)
      .filter(([other, seen]) => other !== host && seen > (before[other] ?? 0))
      .map(([other, seen]) => clockOf(other, seen));
    if (senders.some((sender) => (sender[host] ?? 0) >= count)) return [`${name}: a cycle`];
    const expected = { ...[before, ...senders].reduce(join, {}), [host]: count };
    return sorted(expected) === sorted(clock) ? [] : [`${name}: expected ${sorted(expected)}`];
  });
}

function join(a: Clock, b: Clock): Clock {
  const hosts = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(hosts.map((host) => [host, Math.max(a[host] ?? 0, b[host] ?? 0)]));
}

function sorted(clock: Clock): string {
  return JSON.stringify(Object.entries(clock).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
