import { defineConfig } from '@playwright/test';
import { findChromium } from './test/chromium.mjs';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // A browser, a host and its compilers fill a small machine: two at once only wait for each other.
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    launchOptions: {
      executablePath: findChromium(),
      // A container has neither a sandbox of its own nor a graphics card.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
    viewport: { width: 1440, height: 900 },
    // To record one takes a third of a test's time, and CI keeps none.
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
});
