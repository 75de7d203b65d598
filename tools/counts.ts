import type { Reporter, TestModule } from 'vitest/node';

/** Prints `Tests: N passed, N failed` as the very last line; whatever breaks outside a test counts as failed too. */
export const counts: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      passed += [...module.children.allTests('passed')].length;
      failed += failuresOf(module);
    }
    process.once('exit', (code) => {
      // A build that fails before the first test leaves nothing to count but the exit code.
      const shown = code === 0 ? failed : Math.max(failed, 1);
      process.stdout.write(`Tests: ${passed} passed, ${shown} failed\n`);
    });
  },
};

// A file that cannot be loaded, or whose set-up throws, fails without a failing test.
function failuresOf(module: TestModule): number {
  const failed = [...module.children.allTests('failed')].length;
  return failed === 0 && module.state() === 'failed' ? 1 : failed;
}
