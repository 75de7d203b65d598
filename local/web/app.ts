import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Overview } from '../server/overview.ts';
import { followOverview } from './api.ts';
import { pages } from './pages.ts';
import { Sidebar } from './parts/sidebar.ts';
import { useRoute } from './route.ts';

/** The whole page: navigation at the side, and the place it is at. */
export function App() {
  const { path, query } = useRoute();
  const [overview, setOverview] = useState<Overview>();
  const [isReached, setReached] = useState(true);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => followOverview(setOverview, setReached), []);

  const page = pages.find((each) => each.path === path) ?? pages[0];
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = page ? `${page.title} · Mimecast in Sentinel` : 'Mimecast in Sentinel';
    // Who moves by keyboard goes on at the new page's title.
    if (!isFirst.current) title.current?.focus();
    isFirst.current = false;
  }, [page?.path]);

  if (!overview || !page) return h(Opening, { isReached });
  return h(
    'div',
    { class: 'frame' },
    h('a', { class: 'skip', href: '#content', onClick: skipTo('content') }, 'Skip to content'),
    h(Sidebar, { overview, path: page.path }),
    h(
      'main',
      { id: 'content', tabIndex: -1 },
      isReached ? null : h('p', { class: 'banner bad', role: 'alert' }, lostText),
      h('h1', { ref: title, tabIndex: -1 }, page.title),
      h(page.view, { overview, query }),
    ),
  );
}

const lostText = 'npm start has ended, so nothing here changes any more. Start it again: this page goes on by itself.';

function Opening({ isReached }: { readonly isReached: boolean }) {
  const text = isReached ? 'Preparing the tenant …' : lostText;
  return h('p', { class: 'opening', role: 'status' }, text);
}

// The address says which page is shown, so a link inside it may not change it.
function skipTo(id: string) {
  return (event: Event) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
}
