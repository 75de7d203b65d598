import type { JsonObject } from '../../../functions/tables/json.ts';
import { chosenSpan, rowsIn, spanBefore } from '../simulated.ts';
import type { Span } from '../tiles.ts';
import { type Agreement, column, type Counts, rowCount, summed, tally, text } from './case.ts';

const workbook = 'Mimecast_SEG_Workbook.json';

function events(type: string, span: Span = chosenSpan): readonly JsonObject[] {
  return rowsIn('Seg_Cg_CL', span).filter((row) => text(row, 'Logtype') === `email_${type}`);
}

function isAccepted(row: JsonObject): boolean {
  return ['Acc', 'Rty'].includes(text(row, 'action'));
}

function isRejected(row: JsonObject): boolean {
  return ['Rej', 'Bnc'].includes(text(row, 'action'));
}

function isDelivered(row: JsonObject): boolean {
  return text(row, 'delivered') === 'true';
}

function isFailedTo(direction: string): (row: JsonObject) => boolean {
  return (row) => !isDelivered(row) && text(row, 'direction').toLowerCase() === direction;
}

const isSpamHeld = (row: JsonObject): boolean => text(row, 'action') === 'Hld' && text(row, 'holdReason') === 'Spm';
const isVirus = (row: JsonObject): boolean => isRejected(row) && text(row, 'rejectionType').includes('Virus');

function totals(span: Span): Counts {
  return {
    Received: events('receipt', span).length,
    Accepted: events('receipt', span).filter(isAccepted).length,
    Rejected: events('receipt', span).filter(isRejected).length,
    Held: events('process', span).filter((row) => text(row, 'action') === 'Hld').length,
    Delivered: events('delivery', span).filter(isDelivered).length,
    'Not delivered': events('delivery', span).filter((row) => !isDelivered(row)).length,
  };
}

/** The number of a tile with one total, and the same counted from the rows, in both periods. */
function single(tile: string, type: string, is: (row: JsonObject) => boolean): Agreement {
  const count = (span: Span): number => events(type, span).filter(is).length;
  return {
    name: 'the total, and that of the period before',
    workbook,
    tile,
    shown: ([row]) => ({ now: Number(row?.['Count']), before: Number(row?.['Before']) }),
    counted: () => ({ now: count(chosenSpan), before: count(spanBefore) }),
  };
}

function each(tile: string, type: string, is: (row: JsonObject) => boolean, field: string): Agreement {
  return {
    name: 'the messages of each',
    workbook,
    tile,
    shown: column('Messages', 'Value'),
    counted: () =>
      tally(
        events(type)
          .filter(is)
          .map((row) => text(row, field) || 'none'),
      ),
  };
}

/** What the workbook of the secure email gateway counts. */
export const secureEmailGatewayAgreements: readonly Agreement[] = [
  {
    name: 'the totals of the chosen time',
    workbook,
    tile: 'summary-totals',
    shown: column('Count', 'Total'),
    counted: () => totals(chosenSpan),
  },
  {
    name: 'a click on Held shows as many rows as the tile says',
    workbook,
    tile: 'messages-of-total',
    chosen: { Total: 'Held' },
    shown: rowCount,
    counted: () => ({ rows: totals(chosenSpan)['Held'] ?? Number.NaN }),
  },
  single('total-messages-received', 'receipt', () => true),
  single('total-messages-accepted', 'receipt', isAccepted),
  single('total-messages-rejected', 'receipt', isRejected),
  single('total-messages-accepted-without-tls', 'receipt', (row) => isAccepted(row) && text(row, 'tlsVersion') === ''),
  single('total-messages-delivered', 'delivery', isDelivered),
  single('total-outbound-delivery-failures', 'delivery', isFailedTo('outbound')),
  single('total-inbound-delivery-failures', 'delivery', isFailedTo('inbound')),
  single('total-viruses-rejected', 'receipt', isVirus),
  single('total-messages-held-as-spam', 'process', isSpamHeld),
  each('tls-versions-delivery', 'delivery', isDelivered, 'tlsVersion'),
  each('receipt-ciphers', 'receipt', isAccepted, 'tlsCipher'),
  {
    name: 'the rejections of each type',
    workbook,
    tile: 'rejections',
    shown: column('Count', 'Rejection Type'),
    counted: () =>
      tally(
        events('receipt')
          .filter(isRejected)
          .map((row) => text(row, 'rejectionType') || 'not given'),
      ),
  },
  {
    name: 'the events of each action, all days together',
    workbook,
    tile: 'data-leak-prevention-events',
    shown: summed('Events', 'Action'),
    counted: () => tally(rowsIn('Seg_Dlp_CL', chosenSpan).map((row) => text(row, 'action'))),
  },
  {
    name: 'all events of the messages that one sender sent',
    workbook,
    tile: 'trace-events',
    chosen: { Subject: 'Please sign in to the new portal' },
    shown: (rows) => ({ internal: rows.filter((row) => text(row, 'Event') === 'iep').length }),
    counted: () => ({
      internal: events('iep').filter((row) => text(row, 'subject') === 'Please sign in to the new portal').length,
    }),
  },
];
