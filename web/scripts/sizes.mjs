/**
 * Sizes of the build as they travel (gzip): part of `npm run build`, which fails where what a
 * browser loads before the first page is larger than the limit.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = 'target/dist';
const FIRST_LOAD_LIMIT_KB = 450;

const kb = (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length / 1024;
const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(js|css|html|svg)$/.test(name))
  .map((name) => ({ name, size: kb(name) }))
  .sort((a, b) => b.size - a.size);
for (const { name, size } of files) console.log(`${size.toFixed(1).padStart(8)} KB  ${name}`);

const page = readFileSync(join(DIST, 'index.html'), 'utf8');
const first = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]);
const total = first.reduce((sum, file) => sum + kb(file), kb('index.html'));
console.log(
  `${total.toFixed(1).padStart(8)} KB  before the first page (limit ${FIRST_LOAD_LIMIT_KB})`,
);
if (/<script(?![^>]*\ssrc=)/.test(page)) {
  console.error('index.html has an inline script, which the content security policy forbids');
  process.exit(1);
}
if (total > FIRST_LOAD_LIMIT_KB) process.exit(1);
