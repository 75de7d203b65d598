import { defineConfig } from 'vitest/config';
import { counts } from './tools/counts.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', counts],
    globalSetup: 'test/setup.ts',
    testTimeout: 60_000,
  },
});
