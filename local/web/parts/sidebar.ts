import { h } from 'preact';
import { useState } from 'preact/hooks';
import type { Overview } from '../../server/overview.ts';
import { countText } from '../format.ts';
import { pages } from '../pages.ts';
import { hrefOf } from '../route.ts';
import { chooseTheme, chosenTheme, type Theme } from '../theme.ts';
import { Badge } from './badge.ts';
import { Segments } from './segments.ts';

/** The navigation, with what is read and how the host is. */
export function Sidebar({ overview, path }: { readonly overview: Overview; readonly path: string }) {
  return h(
    'header',
    { class: 'sidebar' },
    h('p', { class: 'brand' }, 'Mimecast in Sentinel', h('small', null, 'on this machine')),
    h(
      'nav',
      { 'aria-label': 'Pages' },
      h(
        'ul',
        null,
        pages.map((page) =>
          h(
            'li',
            { key: page.path },
            h('a', { href: hrefOf(page.path), 'aria-current': page.path === path ? 'page' : undefined }, page.title),
          ),
        ),
      ),
    ),
    h('div', { class: 'aside' }, h(SourceText, { overview }), h(HostText, { overview }), h(ThemeChoice, {})),
  );
}

function SourceText({ overview: { source } }: { readonly overview: Overview }) {
  if (source.kind === 'real')
    return h(
      'p',
      { class: 'source' },
      h('strong', null, 'The real Mimecast'),
      ` at ${source.url}. Its credentials come from the environment of npm start alone and are kept nowhere.`,
    );
  const { seed, days, users, quiet } = source;
  const what = `${countText(days, 'day')} of mail for ${countText(users, 'person', 'people')}, seed\u00A0${seed}`;
  return h(
    'p',
    { class: 'source' },
    h('strong', null, 'A simulated tenant'),
    `: ${what}${quiet ? ', no attacks' : ''}.`,
  );
}

const hostTexts = {
  starting: ['waits', 'Host is starting'],
  running: ['good', 'Host is running'],
  restarting: ['attention', 'Host has died; it starts again'],
  stopping: ['waits', 'Host is stopping'],
  stopped: ['attention', 'Host has stopped'],
} as const;

function HostText({ overview: { host } }: { readonly overview: Overview }) {
  const [level, text] = hostTexts[host.state];
  const process = host.pid === undefined ? '' : ` Process ${host.pid}`;
  const again = host.restarts === 0 ? '' : `, started again ${countText(host.restarts, 'time')}`;
  return h(
    'p',
    { class: 'host', 'data-pid': host.pid },
    h(Badge, { level, text }),
    h('small', null, `${process}${again}`),
  );
}

function ThemeChoice() {
  const [theme, setTheme] = useState(chosenTheme());
  const choose = (chosen: Theme): void => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return Segments({ label: 'Colours', options: themes, chosen: theme, onChoose: choose });
}

const themes = { system: 'Auto', light: 'Light', dark: 'Dark' } as const satisfies Record<Theme, string>;
