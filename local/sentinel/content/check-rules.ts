import type { Globals } from '../kql/kusto.ts';
import { analyze } from '../kql/language.ts';
import { type AnalyticsRule, placeholdersOf } from './analytics-rule.ts';
import { checkQuery } from './check-query.ts';
import type { Finding } from './check-parsers.ts';
import { type ContentFile, parsersOf } from './parser-file.ts';
import { readRule, type RuleFile } from './rule-file.ts';
import { shippedWatchlists, type Watchlist } from './watchlists.ts';
import { workspace } from './workspace.ts';

const watchlists = (items: Watchlist['items']): readonly Watchlist[] =>
  Object.entries(shippedWatchlists).map(([alias, { columns }]) => ({ alias, columns, items }));

/**
 * Reads each rule and binds its query against the workspace's tables, the parsers and the watchlists, once with empty
 * ones. What the rule makes of columns (entities, details, names) must be in the result.
 * @param files the rules @param parsers the files of the parsers they may call
 */
export function checkRules(files: readonly ContentFile[], parsers: readonly ContentFile[]): readonly Finding[] {
  const saved = parsersOf(parsers);
  const workspaces = [watchlists([{}]), watchlists([])].map((lists) => workspace(saved, lists));
  return files.flatMap((each) => {
    const { file, findings } = readRule(each);
    if (file === undefined) return findings;
    const found = workspaces.flatMap((globals) => [...ofQuery(file, globals), ...ofColumns(file, globals)]);
    return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()];
  });
}

function ofQuery({ path, rule, placeInQuery }: RuleFile, globals: Globals): readonly Finding[] {
  return checkQuery(rule.query, globals).map(({ start, message }) => ({
    file: path,
    ...placeInQuery(start),
    message,
  }));
}

function ofColumns({ path, rule, placeOf }: RuleFile, globals: Globals): readonly Finding[] {
  const { columns, isOpen } = analyze(rule.query, globals);
  const names = new Set(columns.map(({ name }) => name));
  const open = isOpen ? [{ file: path, ...placeOf(['query']), message: 'the result may have other columns' }] : [];
  const absent = columnsNamed(rule).filter(({ column }) => !names.has(column));
  return [
    ...open,
    ...absent.map(({ place, column }) => ({ file: path, ...placeOf(place), message: `the result has no ${column}` })),
  ];
}

interface Named {
  readonly place: readonly (string | number)[];
  readonly column: string;
}

/** The columns of the result that a rule names, and where. */
function columnsNamed({
  entityMappings,
  customDetails,
  alertDetailsOverride: override,
}: AnalyticsRule): readonly Named[] {
  const entities = entityMappings.flatMap(({ fieldMappings }, index) =>
    fieldMappings.map(({ columnName: column }, field) => ({
      place: ['entityMappings', index, 'fieldMappings', field, 'columnName'],
      column,
    })),
  );
  const details = Object.entries(customDetails).map(([key, column]) => ({ place: ['customDetails', key], column }));
  const formats = (['alertDisplayNameFormat', 'alertDescriptionFormat'] as const).flatMap((key) =>
    placeholdersOf(override[key] ?? '').map((column) => ({ place: ['alertDetailsOverride', key], column })),
  );
  const singles = (['alertSeverityColumnName', 'alertTacticsColumnName'] as const).flatMap((key) => {
    const column = override[key];
    return column === undefined ? [] : [{ place: ['alertDetailsOverride', key], column }];
  });
  const dynamic = (override.alertDynamicProperties ?? []).map(({ value: column }, index) => ({
    place: ['alertDetailsOverride', 'alertDynamicProperties', index, 'value'],
    column,
  }));
  return [...entities, ...details, ...formats, ...singles, ...dynamic];
}
