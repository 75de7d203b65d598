import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isJsonObject, type JsonObject, parseJson } from '../functions/tables/json.ts';
import { readConnector, type ConnectorPage } from './connector.ts';
import { type Parser, parserOf } from './parser.ts';
import { type Rule, ruleOf } from './rule.ts';
import { type Watchlist, watchlistOf } from './watchlist.ts';
import { type Workbook, workbookOf } from './workbook.ts';

/** Everything the solution brings, each kind in the order it is listed. */
export interface Content {
  readonly connectors: readonly ConnectorPage[];
  readonly parsers: readonly Parser[];
  readonly workbooks: readonly Workbook[];
  readonly rules: readonly Rule[];
  readonly watchlists: readonly Watchlist[];
  /** The playbook's template, as `azuredeploy.json` holds it. */
  readonly playbook: JsonObject;
  readonly playbookReadme: string;
  readonly releaseNotes: string;
  readonly logo: string;
}

/** Reads the content that stands in a project's folders; a folder that is not there holds nothing. @throws Error naming the file that is wrong */
export function readContent(root: string): Content {
  const own = (path: string) => readText(join(root, 'solution', path));
  const playbook = parseJson(own('playbook/azuredeploy.json'));
  if (!isJsonObject(playbook)) throw new Error('playbook/azuredeploy.json is no JSON object.');
  return {
    connectors: read(root, 'solution/connectors', '.json', readConnector).toSorted(byId),
    parsers: read(root, 'parsers-kql', '.kql', parserOf).toSorted((a, b) => a.place - b.place),
    workbooks: read(root, 'workbooks', '.json', workbookOf).toSorted((a, b) => a.place - b.place),
    rules: read(root, 'analytics-rules', '.yaml', ruleOf).toSorted((a, b) => a.place - b.place),
    watchlists: read(root, 'watchlists', '.csv', watchlistOf),
    playbook,
    playbookReadme: own('playbook/README.md'),
    releaseNotes: own('ReleaseNotes.md'),
    logo: own('logo/MimecastConnector.svg'),
  };
}

function byId(a: ConnectorPage, b: ConnectorPage): number {
  return a.id < b.id ? -1 : 1;
}

/** The files of a folder by name, each read by `of`, which is given the name without its ending. */
function read<T>(root: string, folder: string, ending: string, of: (name: string, text: string) => T): readonly T[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((name) => name.endsWith(ending));
  return names
    .toSorted()
    .map((name) => named(`${folder}/${name}`, () => of(basename(name, ending), readText(join(path, name)))));
}

function named<T>(file: string, of: () => T): T {
  try {
    return of();
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Line ends are the same on every machine, so that the package is. */
function readText(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}
