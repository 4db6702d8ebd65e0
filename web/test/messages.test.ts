import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

type Tree = { [name: string]: string | Tree };

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + name, value);
    else for (const [key, text] of flat(value, `${prefix}${name}.`)) found.set(key, text);
  }
  return found;
}

const english = flat(en);
const chinese = flat(zh as Tree);

describe('messages', () => {
  it('bothLanguagesHaveTheSameKeys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('noMessageIsBlank', () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  });

  it('bothLanguagesFillInTheSameValues', () => {
    const values = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort();
    for (const [key, text] of english) {
      // Chinese has one plural form; its singular key stands only for the key set.
      if (key.endsWith('_one')) continue;
      expect(values(chinese.get(key) ?? ''), key).toEqual(values(text));
    }
  });

  it('everyKeyThatTheSourceAsksForExists', () => {
    const asked = sources().flatMap((text) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(asked.length).toBeGreaterThan(80);
    for (const key of asked) {
      expect(english.has(key) || english.has(`${key}_other`), key).toBe(true);
    }
  });

  it('noSentenceIsWrittenIntoAPage', () => {
    for (const text of sources()) {
      const literal = text.match(
        /<(?:h1|h2|h3|p|span|li|td|dt|button|Button)[^<>{}]*>\s*[A-Za-z一-龥]{3,}/,
      );
      expect(literal?.[0]).toBeUndefined();
    }
  });
});

function sources(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => readFileSync(join('src', name), 'utf8'));
}
