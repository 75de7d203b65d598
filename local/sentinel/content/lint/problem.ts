import type { Node } from '../../kql/kusto.ts';

/** What is wrong with a query, and where it starts: an offset in the query's text. */
export interface Problem {
  readonly start: number;
  readonly message: string;
}

/** Looks through a bound query for one kind of problem. */
export type Rule = (query: Node) => readonly Problem[];

/** A problem at the start of a part of the query. */
export function problemAt({ TextStart: start }: Node, message: string): Problem {
  return { start, message };
}
