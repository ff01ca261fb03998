import config from '../../playwright.config';

/** The same browser as in the tests, drawing sharper. */
export default {
  ...config,
  testDir: import.meta.dirname,
  testMatch: 'take.ts',
  outputDir: '../../test-results',
  use: { ...config.use, deviceScaleFactor: 1.5, trace: 'off', screenshot: 'off' },
};
