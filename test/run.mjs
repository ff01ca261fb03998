/**
 * Everything that has to hold, in one go: the checks, the unit tests, the browser tests. Each check counts as one
 * test. The last line is `N passed, N failed`, with `, N skipped` when some were.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';

const project = join(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'kernelscope-reports-'));
// A test that never returns to its runner can be ended by nobody else; ten minutes is what all of them take.
const hour = 3_600_000;
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

// A browser that is still to be installed is installed beside what doesn't need it. That it can't be had is said below.
const finder = "import { findChromium } from './test/chromium.mjs'; findChromium();";
const installed = once(
  spawn(process.execPath, ['--input-type=module', '--eval', finder], { cwd: project, stdio: 'ignore' }),
  'close',
);

try {
  for (const name of ['types', 'lint', 'layers', 'unused', 'format']) check(name);

  const vitestReport = join(reports, 'vitest.json');
  runTests('vitest', {
    bin: 'vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    count() {
      const report = JSON.parse(readFileSync(vitestReport, 'utf8'));
      return {
        passed: report.numPassedTests,
        failed: report.numFailedTests,
        skipped: report.numPendingTests + report.numTodoTests,
      };
    },
  });

  await installed;
  const playwrightReport = join(reports, 'playwright.json');
  runTests('playwright', {
    bin: '@playwright/test/cli.js',
    args: ['test', '--reporter=list,json'],
    env: () => ({ CHROMIUM_PATH: findChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport }),
    count() {
      const { stats } = JSON.parse(readFileSync(playwrightReport, 'utf8'));
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
    },
  });
} finally {
  rmSync(reports, { recursive: true, force: true });
}

for (const failure of failures) console.log(`failed: ${failure}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** One of the scripts `check:NAME` of package.json. */
function check(name) {
  console.log(`check: ${name}`);
  const { status } = spawnSync('npm', ['run', '--silent', `check:${name}`], {
    cwd: project,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) total.passed++;
  else fail(`check:${name}`, 1);
}

function runTests(name, { bin, args, env = () => ({}), count }) {
  console.log(`tests: ${name}`);
  let counted = { passed: 0, failed: 0, skipped: 0 };
  let status = null;
  try {
    ({ status } = spawnSync(process.execPath, [join(project, 'node_modules', bin), ...args], {
      cwd: project,
      stdio: 'inherit',
      env: { ...process.env, ...env() },
      timeout: hour,
      killSignal: 'SIGKILL',
    }));
    counted = count();
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
  }
  total.passed += counted.passed;
  total.skipped += counted.skipped;
  // A runner can fail outside any test: an import that leads nowhere, a server that doesn't start.
  if (counted.failed > 0) fail(name, counted.failed);
  else if (status !== 0) fail(`${name} itself`, 1);
}

function fail(name, count) {
  total.failed += count;
  failures.push(`${name} (${count})`);
}
