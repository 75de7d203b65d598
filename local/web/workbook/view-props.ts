import type { QueryRows } from '../../sentinel/query/query.ts';
import type { Clicked } from '../../sentinel/workbook/exports.ts';
import type { QueryItem } from '../../sentinel/workbook/workbook.ts';
import type { Book } from './book.ts';

/** What a view of rows is given. */
export interface ViewProps {
  readonly item: QueryItem;
  readonly rows: QueryRows;
  readonly book: Book;
  /** Sets the parameters that the tile exports; undefined when it exports none. Clicked again they are set no more. */
  readonly onClick: ((clicked: Clicked) => void) | undefined;
  /** Whether it is what was clicked last. */
  readonly isClicked: (clicked: Clicked) => boolean;
}
