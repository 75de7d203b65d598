import { describe, expect, test } from 'vitest';
import { segCg } from '../../functions/feeds/seg-cg.ts';
import { endpoints, feedAt } from './mimecast-feeds.ts';
import { suffer } from './mimecast-suffering.ts';
import { deadlyTroubles, hostTroubles, tokenTroubles, troublesAt } from './mimecast-troubles.ts';

const nothingLost = { lost: [], invented: [], rejected: [] };

describe.each(endpoints)('nothing is lost and no other feed harmed at %s', (at) => {
  test.each(troublesAt(at))('by $kind', async (trouble) => {
    const { once, lasting } = trouble;
    expect(await suffer(at, feedAt[at], trouble)).toEqual({ ...nothingLost, once, lasting, witness: '' });
  });
});

describe('nothing is lost at token', () => {
  test.each(tokenTroubles)('by $kind', async (trouble) => {
    const { once, lasting } = trouble;
    expect(await suffer('token', segCg, trouble)).toEqual({ ...nothingLost, once, lasting, witness: lasting });
  });
});

describe.each(['cgBatch', 'ciBatch'] as const)('nothing is lost and no other feed harmed at the files of %s', (at) => {
  test.each([...hostTroubles, ...deadlyTroubles])('by $kind', async (trouble) => {
    const { once, lasting } = trouble;
    expect(await suffer('files', feedAt[at], trouble)).toEqual({ ...nothingLost, once, lasting, witness: '' });
  });
});
