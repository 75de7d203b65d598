import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isProblem } from '../../sentinel/query/query.ts';
import { Editor } from '../kql/editor.ts';
import { examples } from '../kql/examples.ts';
import { Faults, type ShownFault } from '../kql/faults.ts';
import { Results } from '../kql/results.ts';
import { SourceList } from '../kql/source-list.ts';
import { type Address, limitsOf, nowFrom, queryHref, timeFrom } from '../kql/time.ts';
import { TimeChoice } from '../kql/time-choice.ts';
import { useAssistance } from '../kql/use-assistance.ts';
import { useRested } from '../kql/use-rested.ts';
import { useRun } from '../kql/use-run.ts';
import { timeText } from '../format.ts';
import { writeText } from '../kql/write-text.ts';
import type { PageProps } from '../page.ts';
import { CopyLink } from '../parts/copy-link.ts';
import { replaceRoute } from '../route.ts';

/** What was written last, for whoever comes back by the navigation. */
let latest: Address = { query: examples[0]?.query ?? '' };

/** Queries over the tables: an editor with completion, a time range, and what the query gives. */
export function KqlPage({ query }: PageProps) {
  const place = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(latest.query);
  const [caret, setCaret] = useState(0);
  const [time, setTime] = useState(latest.time);
  const [now, setNow] = useState(latest.now);
  const { run, start, stop } = useRun();
  const assisted = useAssistance(text, caret);
  const isRested = useRested(text);
  latest = { query: text, time, now };

  const started = useRef('');
  const runNow = (wanted: Address): void => {
    if (wanted.query.trim() === '') return;
    started.current = queryHref(wanted);
    start(wanted.query, limitsOf(wanted));
    replaceRoute(started.current);
  };
  // A link to a query, from an alert or by the browser's arrows, runs it.
  const linked = query.get('query');
  useEffect(() => {
    if (linked === null) return;
    const given = { query: linked, time: timeFrom(query.get('time')), now: nowFrom(query.get('now')) };
    if (queryHref(given) === started.current) return;
    setText(linked);
    setTime(given.time);
    setNow(given.now);
    runNow(given);
  }, [query.toString()]);

  const edit = (after: string, at: number): void => {
    setText(after);
    setCaret(at);
  };
  const select = (at: number): void => {
    place.current?.focus();
    place.current?.setSelectionRange(at, at);
    setCaret(at);
  };
  const insert = (name: string): void => {
    const editor = place.current;
    if (!editor) return;
    const at = writeText(editor, { start: editor.selectionEnd, length: 0, before: name });
    edit(editor.value, at);
  };
  const goTo = (line: number, column: number): void => {
    const before = text.split('\n').slice(0, line - 1);
    select(before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1);
  };
  const faults = isRested && assisted?.request.writing === text ? assisted.assistance.faults : [];
  const answer = run?.answer;
  const problem = answer && isProblem(answer) && run?.query === text ? answer : undefined;
  const shown: readonly ShownFault[] = problem
    ? [{ ...problem, isError: true }]
    : faults.map(({ message, isError, line, column }) => ({ problem: message, isError, line, column }));

  return h(
    'div',
    { class: 'kql' },
    h(
      'div',
      { class: 'stack' },
      h(Examples, {}),
      h(
        'section',
        { class: 'card query', 'aria-label': 'Query' },
        h(Editor, { place, text, caret, assisted, faults, onChange: edit, onRun: () => runNow(latest) }),
        h(Faults, { faults: shown, onGo: goTo }),
        h(
          'div',
          { class: 'query-foot' },
          h('button', { type: 'button', class: 'primary', onClick: () => runNow(latest) }, 'Run'),
          h(TimeChoice, { time, onChoose: setTime }),
          h(CopyLink, { href: queryHref(latest) }),
          now === undefined ? null : h(Past, { now, onEnd: () => setNow(undefined) }),
          h(
            'p',
            { id: 'query-keys', class: 'muted' },
            'Ctrl+Enter runs it, Ctrl+Space completes, Escape closes the list.',
          ),
        ),
      ),
      run && !answer
        ? h(
            'p',
            { class: 'muted', role: 'status' },
            'Running … ',
            h('button', { type: 'button', onClick: stop }, 'Stop'),
          )
        : null,
      answer && !isProblem(answer) ? h(Results, { key: run?.number, rows: answer }) : null,
    ),
    h(SourceList, { onWrite: insert }),
  );
}

/** Says that the query is asked as of an earlier time. */
function Past({ now, onEnd }: { readonly now: number; readonly onEnd: () => void }) {
  return h(
    'p',
    { class: 'banner warn past' },
    `now() is ${timeText(now)} UTC, when the alert was raised. `,
    h('button', { type: 'button', onClick: onEnd }, 'Back to the present'),
  );
}

function Examples() {
  return h(
    'nav',
    { class: 'examples', 'aria-label': 'Examples' },
    h('span', { class: 'muted' }, 'Examples:'),
    examples.map(({ title, query }) => h('a', { key: title, href: queryHref({ query }) }, title)),
  );
}
