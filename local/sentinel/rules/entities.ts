import type { AnalyticsRule } from '../content/analytics-rule.ts';
import type { Answer } from '../kql/evaluate.ts';
import { cellReader } from './cells.ts';

/** Something that an alert is about: a type and what identifies it. */
export interface Entity {
  readonly type: string;
  /** Values by identifier, none of them empty. */
  readonly identifiers: Readonly<Record<string, string>>;
}

// https://learn.microsoft.com/azure/sentinel/map-data-fields-to-entities
const mostEntities = 500;

/** The entities of rows, each once; an identifier without a value is left out, and an entity without any is none. */
export function entitiesOf(
  { entityMappings }: AnalyticsRule,
  { columns, rows }: Pick<Answer, 'columns' | 'rows'>,
): readonly Entity[] {
  const readers = entityMappings.map(({ entityType: type, fieldMappings }) => {
    const fields = fieldMappings.map(({ identifier, columnName }) => ({
      identifier,
      read: cellReader(columns, columnName),
    }));
    return { type, fields };
  });
  const found = new Map<string, Entity>();
  for (const row of rows) {
    for (const { type, fields } of readers) {
      const values = fields.map(({ identifier, read }): [string, string] => [identifier, read(row).trim()]);
      const entity = { type, identifiers: Object.fromEntries(values.filter(([, value]) => value !== '')) };
      if (Object.keys(entity.identifiers).length > 0) found.set(entityText(entity), entity);
    }
  }
  return [...found.values()].slice(0, mostEntities);
}

/** `Account: Name anna, UPNSuffix contoso.example`: the same text for the same entity. */
export function entityText({ type, identifiers }: Entity): string {
  return `${type}: ${identifierText(identifiers)}`;
}

/** `Name anna, UPNSuffix contoso.example` */
export function identifierText(identifiers: Entity['identifiers']): string {
  return Object.entries(identifiers)
    .map(([identifier, value]) => `${identifier} ${value}`)
    .join(', ');
}
