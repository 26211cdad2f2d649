/** What real programs say of exported stories, asked in a process of its own: see consumers.mjs. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Asked = Readonly<{
  format: 'mermaid' | 'dot' | 'chrome';
  text: string;
  /** Mermaid only: draw it, not only read it. */
  draw?: boolean;
}>;

/** `problem` where it was refused; else what was seen of it. */
export type Said = Readonly<{
  problem?: string;
  type?: string;
  texts?: readonly string[];
  /** The texts at arrows. */
  arrows?: readonly string[];
  nodes?: readonly string[];
  edges?: readonly string[];
  clusters?: readonly string[];
  page?: string;
  frames?: readonly string[];
}>;

export function askConsumers(asked: readonly Asked[]): readonly Said[] {
  return JSON.parse(runHelper('consumers.mjs', JSON.stringify(asked))) as readonly Said[];
}

/** Standard output of a program in this folder. */
export function runHelper(name: string, input = ''): string {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${name}: ${stderr.slice(-2000)}`);
  return stdout;
}
