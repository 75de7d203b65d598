import { nameOf } from './expressions/calls.ts';
import { valueOf } from './expressions/expression.ts';
import {
  bodyOf,
  descendants,
  type Expression,
  items,
  type Node,
  present,
  remembered,
  symbols,
  syntax,
} from './kusto.ts';
import { select } from './operators/columns.ts';
import { type Demand, type Relation, wants, withMore } from './operators/relation.ts';
import type { Names, Surroundings, Wanted } from './scope.ts';
import { jsonText } from './values/text.ts';
import type { Row } from './values/value.ts';

/** What saved functions gave, kept from one query to the next while their tables stay as they are. */
export interface KeptCalls {
  /** What a call gives, computed only when it is not kept with these columns. @param key tells the function and its arguments */
  open(key: string, wanted: Wanted, surroundings: Surroundings, compute: Compute): Relation;
}

/** Computes a call. */
type Compute = (wanted: Wanted, surroundings: Surroundings) => Relation;

interface Kept {
  readonly columns: Relation['columns'];
  readonly demand: Demand;
  readonly rows: readonly Row[];
  /** How many rows the tables had that were read. */
  readonly lengths: ReadonlyMap<string, number>;
}

const usualCells = 12_000_000;

/** Keeps nothing yet. @param mostCells how many cells it holds at most: those kept longest without use go first */
export function keepCalls(mostCells = usualCells): KeptCalls {
  const known = new Map<string, Kept>();

  const find = (key: string, { columns }: Wanted, { kept }: Surroundings): Kept | undefined => {
    const found = known.get(key);
    if (!found || !covers(found.demand, columns)) return undefined;
    if ([...found.lengths].some(([table, length]) => kept?.(table)?.length !== length)) return undefined;
    known.delete(key);
    known.set(key, found);
    return found;
  };
  const keep = (key: string, made: Kept): void => {
    known.delete(key);
    known.set(key, made);
    const cells = (): number =>
      [...known.values()].reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
    for (const oldest of known.keys()) {
      if (cells() <= mostCells) return;
      known.delete(oldest);
    }
  };

  return {
    open(key, wanted, surroundings, compute) {
      const found = find(key, wanted, surroundings);
      if (found) return chosen({ columns: found.columns, rows: () => found.rows }, wanted.columns);
      // Whoever asked for other columns before may do so again.
      const demand = together(wanted.columns, known.get(key)?.demand ?? new Set());
      const lengths = new Map<string, number>();
      const relation = compute({ columns: demand }, watched(surroundings, lengths));
      if (relation.isOpen) return relation;
      const rows = (): readonly Row[] => {
        const made = [...relation.rows()];
        keep(key, { columns: relation.columns, demand, rows: made, lengths });
        return made;
      };
      return chosen({ columns: relation.columns, rows }, wanted.columns);
    },
  };
}

/** The same surroundings, noting how long the tables are that are read. */
function watched(surroundings: Surroundings, lengths: Map<string, number>): Surroundings {
  return {
    ...surroundings,
    kept(table) {
      const rows = surroundings.kept?.(table);
      lengths.set(table, rows?.length ?? 0);
      return rows;
    },
  };
}

function chosen(relation: Relation, demand: Demand): Relation {
  if (demand === 'all') return relation;
  const names = relation.columns.map(({ name }) => name).filter((name) => wants(demand, name));
  return names.length === relation.columns.length ? relation : select(relation, names);
}

function covers(known: Demand, demand: Demand): boolean {
  return known === 'all' || (demand !== 'all' && [...demand].every((name) => known.has(name)));
}

function together(a: Demand, b: Demand): Demand {
  return b === 'all' ? 'all' : withMore(a, b);
}

const clocks: ReadonlySet<string> = new Set(['now', 'ago']);

/** Whether what a function gives depends on what time it is. */
const tellsTime = remembered((body: Node): boolean =>
  descendants(body, syntax.Expression).some((each) => {
    const inner =
      each instanceof syntax.FunctionCallExpression || each instanceof syntax.NameReference ? bodyOf(each) : null;
    if (inner !== null && inner !== body) return tellsTime(inner);
    return each instanceof syntax.FunctionCallExpression && clocks.has(nameOf(each));
  }),
);

/**
 * The key of a call of a saved function whose arguments are constant; undefined for other calls.
 * @param outer the names in force where it is called @param inner those in its body
 */
export function keyOfCall(
  call: Expression,
  outer: Names,
  inner: Names,
  { nowMs, range }: Surroundings,
): string | undefined {
  const symbol = call.ReferencedSymbol;
  const body = bodyOf(call);
  if (!(symbol instanceof symbols.FunctionSymbol) || body === null || range !== undefined) return undefined;
  const name = present(symbol.Name);
  if (outer.find(name) !== undefined) return undefined;
  const parameters = items(present(items(symbol.Signatures)[0]).Parameters);
  const values = parameters.map(({ Name: parameter }) => {
    const binding = inner.find(present(parameter));
    return binding?.kind === 'scalar' && binding.scalar.isConstant ? jsonText(valueOf(binding.scalar)) : undefined;
  });
  if (values.includes(undefined)) return undefined;
  return `${name}(${values.join(',')})${tellsTime(body) ? ` at ${nowMs}` : ''}`;
}
