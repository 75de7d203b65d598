import { join } from 'node:path';
import { readContent } from '../../solution/content.ts';
import { readOptions } from '../../solution/options.ts';
import { type PackageFiles, packageFiles, solutionFolder } from '../../solution/package-files.ts';

/** The project's own content. */
export const content = readContent(join(import.meta.dirname, '..', '..'));

/** The package of the project, as `npm run package` builds it without options. */
export const files = packageFiles(content, readOptions({}));

/** The text of a file of a package. @param path below the solution's folder, or from the package's root with a leading / */
export function textOf(of: PackageFiles, path: string): string {
  const bytes = of.get(path.startsWith('/') ? path.slice(1) : `${solutionFolder}/${path}`);
  if (!bytes) throw new Error(`there is no ${path}`);
  return new TextDecoder().decode(bytes);
}

/** A package in which the text of a file is another. */
export function changed(of: PackageFiles, path: string, change: (text: string) => string): PackageFiles {
  const before = textOf(of, path);
  const after = change(before);
  if (after === before) throw new Error(`nothing is changed in ${path}`);
  const key = path.startsWith('/') ? path.slice(1) : `${solutionFolder}/${path}`;
  return new Map([...of, [key, new TextEncoder().encode(after)]]);
}
