// Programs that people open exports with, in a process of their own: Mermaid, Graphviz, speedscope.
// Standard input is a JSON array of `{ format, text, draw }`, standard output one of what each said:
// `{ problem }` where it was refused, else `{}`, or what was drawn.
//
// Mermaid and speedscope are made for browsers. What jsdom lacks for them is put in its place: sizes
// of texts, and a canvas on which nothing is drawn.

import { readdirSync, readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { JSDOM, VirtualConsole } from 'jsdom';

const asked = JSON.parse(await textOf(process.stdin));
const wanted = new Set(asked.map(({ format }) => format));
const readers = {
  mermaid: wanted.has('mermaid') ? await mermaidReader() : undefined,
  dot: wanted.has('dot') ? await dotReader() : undefined,
  chrome: readInSpeedscope,
};
const said = [];
for (const { format, text, draw } of asked) said.push(await readers[format](text, draw === true));
process.stdout.write(JSON.stringify(said), () => process.exit());

async function mermaidReader() {
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  const { document, Element } = window;
  Element.prototype.getBBox = function box() {
    return { x: 0, y: 0, width: 8 * this.textContent.length, height: 16 };
  };
  Object.assign(globalThis, { window, document, Element, CSSStyleSheet: window.CSSStyleSheet });
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true });
  return async (text, draw) => {
    try {
      if (!draw) return { type: (await mermaid.parse(text)).diagramType };
      const { svg } = await mermaid.render('story', text);
      const drawn = new window.DOMParser().parseFromString(svg, 'text/html');
      const textsOf = (selector) =>
        [...drawn.querySelectorAll(selector)].map((node) => node.textContent);
      return { texts: textsOf('text'), arrows: textsOf('text.messageText') };
    } catch (error) {
      return { problem: String(error.message) };
    }
  };
}

async function dotReader() {
  const viz = await (await import('@viz-js/viz')).instance();
  return async (text) => {
    const { status, output, errors } = viz.render(text, { format: 'svg' });
    // Warnings are about letters whose width it does not know.
    if (status !== 'success' || errors.some(({ level }) => level === 'error')) {
      return { problem: JSON.stringify(errors) };
    }
    const { document } = new JSDOM(output, { contentType: 'image/svg+xml' }).window;
    const titlesOf = (kind) =>
      [...document.querySelectorAll(`g.${kind} > title`)].map((node) => node.textContent);
    return { nodes: titlesOf('node'), edges: titlesOf('edge'), clusters: titlesOf('cluster') };
  };
}

/** One page a story, as a person drops a file on it. What it lists is what it read. */
async function readInSpeedscope(text) {
  const release = new URL('./dist/release/', import.meta.resolve('speedscope/package.json'));
  const script = readdirSync(release).find((name) => /^speedscope-.*\.js$/.test(name));
  const console = new VirtualConsole();
  const warnings = [];
  console.on('warn', (...words) => warnings.push(words.join(' ')));
  const { window } = new JSDOM('<!doctype html><body></body>', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    url: 'http://localhost/#localProfilePath=none.js',
    virtualConsole: console,
  });
  Object.assign(window, { TextDecoder, TextEncoder });
  window.matchMedia = () => ({ matches: false, addListener() {}, addEventListener() {} });
  window.alert = (words) => warnings.push(words);
  // A long list shows the rows for which there is room.
  const room = { top: 0, left: 0, right: 1000, bottom: 9000, width: 1000, height: 9000 };
  window.Element.prototype.getBoundingClientRect = () => room;
  window.Element.prototype.scrollIntoView = () => undefined;
  window.HTMLCanvasElement.prototype.getContext = () => canvas();
  window.eval(readFileSync(new URL(script, release), 'utf8'));
  await waitFor(() => window.speedscope !== undefined);
  window.speedscope.loadFileFromBase64('story.json', Buffer.from(text).toString('base64'));
  const isRead = await waitFor(() => window.document.title !== '' || warnings.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const page = window.document.body.textContent;
  const frames = isRead ? await framesIn(window) : [];
  window.close();
  return isRead && warnings.length === 0
    ? { page, frames }
    : { problem: warnings.join('; ') || 'nothing' };
}

/** The frames of the profile that is shown first, as its third view, the sandwich, lists them. */
async function framesIn(window) {
  window.document.body.dispatchEvent(
    new window.KeyboardEvent('keypress', { key: '3', bubbles: true }),
  );
  const cells = () => [...window.document.querySelectorAll('td')].map((cell) => cell.textContent);
  const isTime = (text) => /^[\d.]+\S* \([^)]*%\)$/.test(text);
  await waitFor(() => cells().some(isTime));
  // Each row is a total, its own, and the name.
  return cells().filter(
    (_, index, all) => isTime(all[index - 1] ?? '') && isTime(all[index - 2] ?? ''),
  );
}

/** WebGL and 2D at once: every constant is a number, every call returns what lets drawing go on. */
function canvas() {
  const constants = new Map();
  const calls = {
    getProgramParameter: (_, what) => (what === constantOf('ACTIVE_UNIFORMS') ? 0 : true),
    getShaderParameter: () => true,
    getParameter: () => 4096,
    checkFramebufferStatus: () => constantOf('FRAMEBUFFER_COMPLETE'),
    getError: () => 0,
    isContextLost: () => false,
    measureText: () => ({ width: 8 }),
  };
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name === 'symbol' || name === 'canvas') return undefined;
        if (/^[A-Z][A-Z0-9_]*$/.test(name)) return constantOf(name);
        return calls[name] ?? (() => ({ addColorStop() {} }));
      },
      set: () => true,
    },
  );

  function constantOf(name) {
    if (!constants.has(name)) constants.set(name, constants.size + 1);
    return constants.get(name);
  }
}

async function waitFor(isThere) {
  for (let tries = 0; tries < 200; tries++) {
    if (isThere()) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}
