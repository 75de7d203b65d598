import type { JsonObject } from '../../../functions/tables/json.ts';
import { chosenSpan, rowsIn, spanBefore } from '../simulated.ts';
import type { Span } from '../tiles.ts';
import { type Agreement, column, type Counts, rowCount, summed, tally, text } from './case.ts';

const workbook = 'Mimecast_TTP_Workbook.json';

function links(span: Span = chosenSpan): readonly JsonObject[] {
  return rowsIn('Ttp_Url_CL', span).filter((row) => text(row, 'scanResult') === 'malicious');
}

function files(span: Span = chosenSpan): readonly JsonObject[] {
  return rowsIn('Ttp_Attachment_CL', span).filter((row) => text(row, 'result') !== 'safe');
}

function dangerous(span: Span = chosenSpan): readonly JsonObject[] {
  return files(span).filter((row) => ['malicious', 'unsafe'].includes(text(row, 'result')));
}

function impersonations(span: Span = chosenSpan): readonly JsonObject[] {
  return rowsIn('Ttp_Impersonation_CL', span).filter((row) => row['taggedMalicious'] === true);
}

function isClick(row: JsonObject): boolean {
  return text(row, 'creationMethod') === 'User Click';
}

function isLetThrough(row: JsonObject): boolean {
  const isOver = text(row, 'userOverride') === 'Allow' || text(row, 'userAwarenessAction') === 'Continue';
  return text(row, 'action') === 'allow' || (text(row, 'action') === 'warn' && isOver);
}

function isReached(row: JsonObject): boolean {
  const action = text(row, 'actionTriggered');
  return action.includes('release') || !action.includes('hold');
}

function totals(span: Span): Counts {
  const clicks = links(span).filter(isClick);
  return {
    'Malicious clicks': clicks.length,
    'Malicious clicks let through': clicks.filter(isLetThrough).length,
    'Dangerous attachments': dangerous(span).length,
    'Dangerous attachments that reached somebody': dangerous(span).filter(isReached).length,
    Impersonations: impersonations(span).length,
    'Impersonations that reached somebody': impersonations(span).filter((row) => text(row, 'action') === 'none').length,
  };
}

/** The ten of which there are most; of equal ones any. */
function ofTop(tile: string, source: () => readonly JsonObject[], field: string, what: string): Agreement {
  const most = (counts: Counts): Counts =>
    Object.fromEntries(
      Object.values(counts)
        .toSorted((a, b) => b - a)
        .slice(0, 10)
        .map((count, place) => [`place ${place + 1}`, count]),
    );
  return {
    name: 'the ten of which there are most',
    workbook,
    tile,
    shown: (rows) => most(column(what, 'Value')(rows)),
    counted: () => most(tally(source().map((row) => text(row, field) || undefined))),
  };
}

/** What the workbook of Targeted Threat Protection counts. */
export const targetedThreatProtectionAgreements: readonly Agreement[] = [
  {
    name: 'the totals of the chosen time',
    workbook,
    tile: 'totals',
    shown: column('Count', 'Total'),
    counted: () => totals(chosenSpan),
  },
  {
    name: 'the totals of the period before',
    workbook,
    tile: 'totals',
    shown: column('Before', 'Total'),
    counted: () => totals(spanBefore),
  },
  {
    name: 'a click on a total shows as many rows as the tile says',
    workbook,
    tile: 'events-of-total',
    chosen: { Total: 'Malicious clicks let through' },
    shown: rowCount,
    counted: () => ({ rows: totals(chosenSpan)['Malicious clicks let through'] ?? Number.NaN }),
  },
  {
    name: 'the detections of each protection, all days together',
    workbook,
    tile: 'detection-counts',
    shown: summed('Detections', 'Protection'),
    counted: () => ({
      'URL Protect': links().length,
      'Attachment Protect': dangerous().length,
      'Impersonation Protect': impersonations().length,
    }),
  },
  ofTop('top-url-recipients', links, 'userEmailAddress', 'Detections'),
  ofTop('top-url-senders', links, 'fromUserEmailAddress', 'Detections'),
  ofTop('top-categories', links, 'Category', 'Detections'),
  ofTop('top-attachment-recipients', files, 'recipientAddress', 'Attachments'),
  ofTop('top-hashes', files, 'fileHash', 'Attachments'),
  ofTop('top-impersonation-senders', impersonations, 'senderAddress', 'Messages'),
  {
    name: 'the attachments of each result, safe ones too',
    workbook,
    tile: 'attachment-results',
    shown: column('Attachments', 'Value'),
    counted: () => tally(rowsIn('Ttp_Attachment_CL', chosenSpan).map((row) => text(row, 'result'))),
  },
];
