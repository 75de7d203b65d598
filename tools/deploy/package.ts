import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { build as buildApp } from '../build.ts';
import type { World } from './world.ts';

/** A built app as one file, and what pins it. */
export interface Package {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

// The same content gives the same bytes; a zip cannot say anything before 1980.
const mtime = new Date(1980, 0, 1);

/** Builds the app and packs it. @param folder an empty one to build in */
export async function buildPackage(folder: string, build: World['build'] = buildApp): Promise<Package> {
  const dist = join(folder, 'dist');
  await mkdir(dist, { recursive: true });
  await build(dist);
  const files: Zippable = {};
  for (const name of (await readdir(dist)).toSorted()) files[name] = [await readFile(join(dist, name)), { mtime }];
  return pack(zipSync(files, { level: 9 }));
}

/** A package as it was downloaded. */
export function pack(bytes: Uint8Array): Package {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Writes a package where az can read it. @returns its path */
export async function writePackage({ bytes, sha256 }: Package, folder: string): Promise<string> {
  const path = join(folder, `${sha256}.zip`);
  await writeFile(path, bytes);
  return path;
}
