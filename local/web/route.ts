import { useEffect, useState } from 'preact/hooks';

/** Where the page is: the part of the address behind `#/`, and its parameters. */
export interface Route {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The address of a place in the page. */
export function hrefOf(path: string, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#/${path}${text === '' ? '' : `?${text}`}`;
}

/** Where the page is, kept up to date. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const onChange = () => setHash(location.hash);
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { path, query: new URLSearchParams(query) };
}

/** Goes to a place without a new entry in the browser's history. */
export function replaceRoute(href: string): void {
  history.replaceState(null, '', href);
  dispatchEvent(new Event('hashchange'));
}
