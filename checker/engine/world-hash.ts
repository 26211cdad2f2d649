/**
 * A name for a world: 64 bits of FNV-1a over the canonical text of its cells.
 *
 *   It depends only on the local states of the cells: not on the order in which local states were met,
 *   nor on the order of the cells.
 */
import { canonical } from '../text/canonical-json.ts';
import type { System } from './system.ts';

const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;

/** The prime is 2^40 + 0x1b3. */
const PRIME_LOW = 0x1b3;

/** Sixteen hexadecimal digits. */
export function hashWorld(system: System, row: Int32Array): string {
  const lines = system.protocol.cells.map(({ name }, cell) => {
    const local = system.local(cell, row[cell] as number);
    return `${JSON.stringify(name)}:${canonical(local)}\n`;
  });
  return hashText(lines.toSorted((a, b) => (a < b ? -1 : 1)).join(''));
}

/** FNV-1a, 64 bits, of the text's UTF-8 bytes, as sixteen hexadecimal digits. */
export function hashText(text: string): string {
  let high = OFFSET_HIGH;
  let low = OFFSET_LOW;
  for (const byte of new TextEncoder().encode(text)) {
    low = (low ^ byte) >>> 0;
    // (high, low) * (2^40 + 0x1b3), the low word in two halves so that nothing exceeds 2^53.
    const bottom = (low & 0xffff) * PRIME_LOW;
    const middle = (low >>> 16) * PRIME_LOW + Math.floor(bottom / 0x10000);
    const carried = Math.floor(middle / 0x10000);
    high = (Math.imul(high, PRIME_LOW) + carried + (low << 8)) >>> 0;
    low = (((middle & 0xffff) << 16) | (bottom & 0xffff)) >>> 0;
  }
  return hexadecimal(high) + hexadecimal(low);
}

function hexadecimal(word: number): string {
  return word.toString(16).padStart(8, '0');
}
