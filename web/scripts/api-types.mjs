/**
 * Types of the hub's API from its OpenAPI document: `npm run api` writes `src/api/schema.ts`,
 * `npm run api -- --check` fails where that file is not what the document says.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const DOCUMENT = '../docs/reference/openapi.json';
const TYPES = 'src/api/schema.ts';

if (!existsSync(DOCUMENT)) {
  console.error(`cannot read ${DOCUMENT}: it is written by the hub's tests`);
  process.exit(1);
}
const ast = await openapiTS(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
const text = `// Written by \`npm run api\` from docs/reference/openapi.json; do not edit.\n\n${astToString(ast)}`;
if (!process.argv.includes('--check')) {
  writeFileSync(TYPES, text);
} else if (!existsSync(TYPES) || readFileSync(TYPES, 'utf8') !== text) {
  console.error(`${TYPES} differs from ${DOCUMENT}; run \`npm run api\` in web/ and fit the code`);
  process.exit(1);
}
