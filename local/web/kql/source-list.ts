import { h, type TargetedEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { QuerySource } from '../../sentinel/query/sources.ts';
import { readSources } from '../api.ts';

interface Props {
  /** Writes a name at the caret. */
  readonly onWrite: (text: string) => void;
}

/** The parsers and tables that can be read, with their columns; a click writes a name into the query. */
export function SourceList({ onWrite }: Props) {
  const [all, setAll] = useState<readonly QuerySource[]>();
  const [problem, setProblem] = useState('');
  const [filter, setFilter] = useState('');
  useEffect(() => {
    readSources().then(setAll, (error: Error) => setProblem(error.message));
  }, []);
  const wanted = filter.toLowerCase();
  const shown = (all ?? []).flatMap((source) => matching(source, wanted));
  return h(
    'aside',
    { class: 'card sources', 'aria-label': 'Parsers and tables' },
    h('input', {
      type: 'search',
      class: 'search',
      placeholder: 'Find a table or column',
      'aria-label': 'Find a table or column',
      value: filter,
      onInput: (event) => setFilter(event.currentTarget.value),
    }),
    problem === '' ? null : h('p', { class: 'banner bad', role: 'alert' }, problem),
    all || problem !== '' ? null : h('p', { class: 'muted', role: 'status' }, 'Reading …'),
    all && shown.length === 0 ? h('p', { class: 'muted' }, 'Nothing has this name.') : null,
    (['parser', 'table'] as const).map((kind) => {
      const sources = shown.filter((source) => source.kind === kind);
      if (sources.length === 0) return null;
      return [
        h('h3', null, kind === 'parser' ? 'Parsers' : 'Tables'),
        h(
          'ul',
          null,
          sources.map((source) => h(Source, { key: source.name, source, isOpen: wanted.length > 1, onWrite })),
        ),
      ];
    }),
  );
}

/** A source whose name matches, with all its columns, or with those that match. */
function matching(source: QuerySource, wanted: string): readonly QuerySource[] {
  if (source.name.toLowerCase().includes(wanted)) return [source];
  const columns = source.columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  return columns.length > 0 ? [{ ...source, columns }] : [];
}

interface SourceProps extends Props {
  readonly source: QuerySource;
  readonly isOpen: boolean;
}

function Source({ source: { name, columns }, isOpen, onWrite }: SourceProps) {
  const [isShown, setShown] = useState(isOpen);
  return h(
    'li',
    null,
    h(
      'details',
      {
        open: isOpen,
        'data-source': name,
        onToggle: ({ currentTarget }: TargetedEvent<HTMLDetailsElement>) => setShown(currentTarget.open),
      },
      h('summary', null, name),
      isShown ? h(Names, { name, columns, onWrite }) : null,
    ),
  );
}

/** The name of a source and those of its columns. */
function Names({ name, columns, onWrite }: Props & Omit<QuerySource, 'kind'>) {
  return [
    h('button', { type: 'button', class: 'write', onClick: () => onWrite(name) }, `Write ${name}`),
    h(
      'ul',
      null,
      columns.map((column) =>
        h(
          'li',
          { key: column.name },
          h(
            'button',
            { type: 'button', class: 'write', onClick: () => onWrite(written(column.name)) },
            h('span', null, column.name),
            h('small', null, column.type),
          ),
        ),
      ),
    ),
  ];
}

/** A column's name as a query has it. */
function written(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replace(/['\\]/g, '\\$&')}']`;
}
