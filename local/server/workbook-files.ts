import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The workbooks of a folder, by the names of their files without `.json`. */
export interface WorkbookFiles {
  list(): readonly string[];
  /** The text of a workbook; undefined when there is none of that name. */
  read(name: string): string | undefined;
}

/** The files are read anew each time, so that an edited workbook is seen when the page is loaded again. */
export function workbookFiles(folder: string): WorkbookFiles {
  const list = (): readonly string[] => {
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .toSorted();
  };
  return {
    list,
    read: (name) => (list().includes(name) ? readFileSync(join(folder, `${name}.json`), 'utf8') : undefined),
  };
}
