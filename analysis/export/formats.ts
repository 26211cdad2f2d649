/** The formats of `export`. Each is a function of the story document alone. */
import { chromeOf } from './chrome.ts';
import { dotOf } from './dot.ts';
import { itfOf } from './itf.ts';
import { mermaidOf } from './mermaid.ts';
import { shivizOf } from './shiviz.ts';
import type { StoryDocument } from './story-document.ts';

export const formats = {
  itf: itfOf,
  mermaid: mermaidOf,
  dot: dotOf,
  shiviz: shivizOf,
  chrome: chromeOf,
} as const satisfies { readonly [name: string]: (story: StoryDocument) => string };

export type Format = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly Format[];
