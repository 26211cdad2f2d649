/** A protocol's system, made once: the next search uses the stored answers of the last one. */
import { createSystem, type System } from '../engine/system.ts';
import type { Protocol } from '../specification/protocol.ts';

const systems = new WeakMap<Protocol, System>();

export function systemOf(protocol: Protocol): System {
  const known = systems.get(protocol);
  if (known !== undefined) return known;
  const system = createSystem(protocol);
  systems.set(protocol, system);
  return system;
}
