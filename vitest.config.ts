import { defineConfig } from 'vitest/config';
import { counts } from './tools/counts.ts';

const faults = ['test/faults/**/*.test.ts'];
const content = ['test/{analytics-rules,parsers-kql,workbooks}/**/*.test.ts', 'test/local/sentinel/**/*.test.ts'];
const browser = ['test/local/{server,web}/**/*.test.ts'];
// They start programs and wait for them.
const programs = ['test/tools/**/*.test.ts', 'test/bench/**/*.test.ts', 'test/{build,built-app}.test.ts'];

/** Tests that only compute run on all cores; those of processes and browsers come after them, one file at a time. */
export default defineConfig({
  test: {
    reporters: ['default', counts],
    globalSetup: 'test/setup.ts',
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'content', include: content, maxWorkers: '100%', sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...content, ...faults, ...browser, ...programs],
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'programs', include: programs, maxWorkers: 1, sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: 'faults', include: faults, maxWorkers: 1, sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: 'browser', include: browser, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
