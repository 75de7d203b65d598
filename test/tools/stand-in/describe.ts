import * as vitest from 'vitest';

/** For tests that run az: the stand-in is a shell script, which Windows cannot start. */
export const describe = vitest.describe.skipIf(process.platform === 'win32');
