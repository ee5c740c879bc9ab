import type { CodeSpace } from 'glass-easel-miniprogram-adapter';
import { box } from './box.js';
import { button } from './button.js';
import { image } from './image.js';
import { input } from './input.js';

/** The components of the base library that the preview has; the bundler refuses a page that uses another. */
const BUILTINS: Readonly<Record<string, object>> = { view: box, text: box, 'scroll-view': box, button, image, input };

/** Defines them as `wx/view`, `wx/button` …, the names the bundler gives to the tags. */
export function defineBuiltins(space: CodeSpace, templates: Readonly<Record<string, never>>): void {
  for (const [name, definition] of Object.entries(BUILTINS)) {
    const path = `wx/${name}`;
    space.addComponentStaticConfig(path, { component: true, usingComponents: {} });
    space.addCompiledTemplate(path, templates[name]!);
    space
      .component(path)
      .definition({ options: { virtualHost: false }, ...definition })
      .register();
  }
}
