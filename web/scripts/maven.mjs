/**
 * What Maven asks of this module: `node scripts/maven.mjs install|build|check`.
 *
 * Each step remembers a digest of what it was made from, and does nothing while that is unchanged.
 * `mvn clean` forgets builds and checks; deleting `node_modules` forgets the installation.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LOCK = ['package.json', 'package-lock.json', '.npmrc'];
const SOURCES = [...LOCK, 'index.html', 'vite.config.ts', 'tsconfig.json', 'src', 'public'];
const CHECKED = [...SOURCES, 'biome.json', 'dev', 'test', 'scripts'];
const OPENAPI = '../docs/reference/openapi.json';

const steps = {
  install: () => once('node_modules/.bridgewatch.stamp', LOCK, 'node_modules', [['ci']]),
  build: () => once('target/dist.stamp', SOURCES, 'target/dist/index.html', [['run', 'build']]),
  check: () =>
    once(
      'target/check.stamp',
      existsSync(OPENAPI) ? [...CHECKED, OPENAPI] : CHECKED,
      'target/surefire-reports/TEST-web.xml',
      [['run', 'lint'], ['run', 'typecheck'], ['run', 'api', '--', '--check'], ['test']],
    ),
};

function once(stamp, inputs, product, commands) {
  const digest = digestOf(inputs);
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
    console.log(`${stamp}: nothing changed`);
    return;
  }
  for (const command of commands) npm(command);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function digestOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const file of inputs.flatMap(filesOf).sort())
    hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

function npm(args) {
  const { status, error } = spawnSync('npm', ['--no-progress', ...args], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true' },
  });
  if (error) {
    console.error(
      `cannot run npm: ${error.message}; Node.js 20.19 or newer with npm is needed on the PATH`,
    );
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

const step = steps[process.argv[2]];
if (!step) {
  console.error(`unknown step ${process.argv[2]}; one of ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}
step();
