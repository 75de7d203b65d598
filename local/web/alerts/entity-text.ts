import type { Entity } from '../../sentinel/rules/entities.ts';

/** An entity in few words: an account by its address, anything else by what identifies it first. */
export function entityText({ identifiers }: Entity): string {
  const { Name: name, UPNSuffix: suffix } = identifiers;
  if (name !== undefined && suffix !== undefined) return `${name}@${suffix}`;
  return Object.values(identifiers)[0] ?? '';
}

/** The first entities of an alert, each text once and on a line of its own. */
export function entitiesText(entities: readonly Entity[], most = 2): string {
  const texts = [...new Set(entities.map(entityText))];
  const more = texts.length - most;
  return more > 0 ? `${texts.slice(0, most).join('\n')}\nand ${more} more` : texts.join('\n');
}
