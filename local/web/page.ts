import type { ComponentType } from 'preact';
import type { Overview } from '../server/overview.ts';

/** What every page is given: what goes on, and the parameters of its address. */
export interface PageProps {
  readonly overview: Overview;
  readonly query: URLSearchParams;
}

/** A page: where it is found, and what it is called. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly view: ComponentType<PageProps>;
}
