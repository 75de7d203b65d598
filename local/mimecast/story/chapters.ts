import { eventId } from '../../../functions/collect/event-id.ts';
import { feeds } from '../../../functions/feeds/index.ts';
import type { Attack } from './attack.ts';
import type { Recorded } from './happening.ts';
import type { RuleName } from './rule-names.ts';

/** A part of the story that an analyst should find: who is attacked when (epoch ms), and all events that tell of it. */
export interface Chapter {
  readonly id: string;
  readonly title: string;
  /** An address of the company. */
  readonly victim: string;
  /** The address, of mail or of a machine, that the attack comes from, where there is one. */
  readonly attacker?: string;
  readonly from: number;
  readonly to: number;
  /** The name of the rule that it should set off. */
  readonly rule: RuleName;
  /** The `EventId` of each event in its table. */
  readonly eventIds: readonly string[];
}

/** The chapters of an attack. @param prefix tells them from those of an attack of the same kind */
export function chaptersOf({ victim, attacker, scenes }: Attack, prefix = ''): readonly Chapter[] {
  return scenes.map(({ id, title, rule, records }) => {
    const times = records.map(({ time }) => time);
    return {
      id: `${prefix}${id}`,
      title,
      victim,
      ...(attacker !== undefined && { attacker }),
      from: Math.min(...times),
      to: Math.max(...times),
      rule,
      eventIds: records.toSorted((a, b) => a.time - b.time).map(idOfRecord),
    };
  });
}

const feedOf = new Map(feeds.map((feed) => [feed.name, feed]));

function idOfRecord({ feed: name, event }: Recorded): string {
  const feed = feedOf.get(name);
  if (!feed) throw new Error(`There is no feed ${name}.`);
  return eventId(feed, event);
}
