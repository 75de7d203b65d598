import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { costFile, costPage } from '../../tools/volume.ts';

it('has written the volumes that the page on cost gives', async () => {
  expect(await costPage()).toBe(readFileSync(costFile, 'utf8'));
});
