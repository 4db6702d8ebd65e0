import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// How long to wait for what will come; a loaded machine must not fail a test.
configure({ asyncUtilTimeout: 40_000 });

// What jsdom lacks and the components ask for; nothing here decides a test.
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  }) as unknown as MediaQueryList;

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof ResizeObserver;

Element.prototype.scrollIntoView ??= () => {};

// The virtual list asks for the size of its frame and of its rows; jsdom lays nothing out.
for (const [name, size] of [
  ['clientHeight', 440],
  ['clientWidth', 900],
  ['offsetHeight', 34],
  ['offsetWidth', 900],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
}

afterEach(() => {
  cleanup();
  localStorage.clear();
  window.history.replaceState(null, '', '/');
});
