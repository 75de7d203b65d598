import { h } from 'preact';
import type { Entity } from '../../sentinel/rules/entities.ts';
import { entityText } from './entity-text.ts';
import { tracedEntity } from './trace.ts';
import { TraceLink, type TraceSpan } from './traced-text.ts';

const words: Readonly<Record<string, string>> = {
  IP: 'IP address',
  URL: 'URL',
  FileHash: 'File hash',
  MailMessage: 'Message',
  CloudApplication: 'Application',
};

/** The entities of an alert, each with its identifiers and links that trace them. */
export function EntityList({ entities, span }: { readonly entities: readonly Entity[]; readonly span: TraceSpan }) {
  if (entities.length === 0) return h('p', { class: 'muted' }, 'The alert names none.');
  return h(
    'ul',
    { class: 'entities' },
    entities.map((entity) => {
      const { type, identifiers } = entity;
      const isSingle = type === 'Account' || Object.keys(identifiers).length === 1;
      const [only] = tracedEntity(identifiers);
      return h(
        'li',
        { key: JSON.stringify(entity), 'data-entity': type },
        h('h4', null, words[type] ?? type),
        isSingle
          ? h(
              'p',
              { class: 'value', dir: 'auto' },
              entityText(entity),
              ' ',
              only ? h(TraceLink, { traced: only, span }) : null,
            )
          : h(
              'dl',
              null,
              Object.entries(identifiers).map(([name, text]) => {
                const [traced] = tracedEntity({ [name]: text });
                return h(
                  'div',
                  { key: name },
                  h('dt', null, name),
                  h('dd', { dir: 'auto' }, text, ' ', traced ? h(TraceLink, { traced, span }) : null),
                );
              }),
            ),
      );
    }),
  );
}
