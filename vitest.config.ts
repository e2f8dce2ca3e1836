import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Longer than any one wait in a test, so that what is waited for is what the failure names.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine may take seconds to start a process or a browser; a poll that waits costs nothing else.
    expect: { poll: { timeout: 15_000 } },
  },
});
