import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A busy machine may take seconds to start a process or a browser; a poll that waits costs nothing else.
    expect: { poll: { timeout: 15_000 } },
  },
});
