/** A piece of a query's text, and how it is coloured. */
export interface Token {
  readonly text: string;
  readonly kind: 'plain' | 'comment' | 'text' | 'number' | 'operator' | 'function';
  readonly isFault: boolean;
}

/** A stretch of a text. */
interface Stretch {
  readonly start: number;
  readonly length: number;
}

const pattern = new RegExp(
  [
    String.raw`(?<comment>//[^\n]*)`,
    String.raw`(?<text>@?"(?:[^"\\\n]|\\.)*"?|@?'(?:[^'\\\n]|\\.)*'?)`,
    String.raw`(?<number>\b\d[\d.]*(?:[smhd]\b|ms\b)?)`,
    String.raw`(?<operator>(?<=\|\s*)[a-z][\w-]*|\b(?:let|by|on|kind|asc|desc|and|or|in|has|contains|startswith|between)\b|\|)`,
    String.raw`(?<function>\b[A-Za-z_]\w*(?=\())`,
  ].join('|'),
  'g',
);

/** The lines of a query, each in tokens; what is wrong is apart. A fault of no length marks what stands at its place. */
export function tokenLines(query: string, faults: readonly Stretch[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  const add = (text: string, kind: Token['kind'], start: number): void => {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part === '') continue;
      const at = start + text.split('\n').slice(0, index).join('\n').length + (index > 0 ? 1 : 0);
      lines.at(-1)?.push(...cut(part, kind, at, faults));
    }
  };
  let end = 0;
  for (const { 0: text, index, groups = {} } of query.matchAll(pattern)) {
    add(query.slice(end, index), 'plain', end);
    add(text, kindOf(groups), index);
    end = index + text.length;
  }
  add(`${query.slice(end)} `, 'plain', end);
  return lines;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): Token['kind'] {
  const kinds = ['comment', 'text', 'number', 'operator', 'function'] as const;
  return kinds.find((kind) => groups[kind] !== undefined) ?? 'plain';
}

/** A token in pieces that are wholly at fault or not at all. */
function cut(text: string, kind: Token['kind'], start: number, faults: readonly Stretch[]): Token[] {
  const isFaultAt = (at: number): boolean =>
    faults.some((fault) => at >= fault.start && at < fault.start + Math.max(1, fault.length));
  const ends = faults.flatMap((fault) => [fault.start, fault.start + Math.max(1, fault.length)]);
  const inside = ends.map((at) => at - start).filter((at) => at > 0 && at < text.length);
  const places = [...new Set([0, ...inside, text.length])].toSorted((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => ({
    text: text.slice(from, places[index + 1]),
    kind,
    isFault: isFaultAt(start + from),
  }));
}
