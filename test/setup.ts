import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../tools/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder outside the repository that holds the built app. */
    dist: string;
  }
}

/** Builds the app once for all tests that load it: `inject('dist')`. @returns what removes it again */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dist = await mkdtemp(join(tmpdir(), 'dist-'));
  const remove = () => rm(dist, { recursive: true, force: true });
  try {
    await build(dist);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide('dist', dist);
  return remove;
}
