import type { JsonObject } from '../../../functions/tables/json.ts';
import { audit } from '../../../functions/tables/audit.ts';
import { segCg } from '../../../functions/tables/seg-cg.ts';
import { segDlp } from '../../../functions/tables/seg-dlp.ts';
import { ttpAttachment } from '../../../functions/tables/ttp-attachment.ts';
import { ttpImpersonation } from '../../../functions/tables/ttp-impersonation.ts';
import { ttpUrl } from '../../../functions/tables/ttp-url.ts';
import type { Severity } from '../content/analytics-rule.ts';
import type { SourceRow } from '../kql/scope.ts';

/** What a rule of solution 3.1 looked for: rows that arrived since its last run, an alert for each or one for all. */
interface OldRule {
  readonly table: string;
  readonly severity: Severity;
  readonly everyMinutes: number;
  readonly isHit: (row: JsonObject) => boolean;
  /** One alert a run, when more rows than this are hit. */
  readonly singleAbove?: number;
}

const ofType =
  (type: string, also: (row: JsonObject) => boolean = () => true) =>
  (row: JsonObject): boolean =>
    row['Logtype'] === type && also(row);
const onGateway = (severity: Severity, isHit: OldRule['isHit']): OldRule => ({
  table: segCg.name,
  severity,
  everyMinutes: 15,
  isHit,
});

/** The logic of the rules of solution 3.1, re-created from what they did, by their names. */
const oldRules: Readonly<Record<string, OldRule>> = {
  'Mimecast Targeted Threat Protection - Attachment Protect': {
    table: ttpAttachment.name,
    severity: 'High',
    everyMinutes: 30,
    isHit: ({ result }) => result !== 'safe',
  },
  'Mimecast Targeted Threat Protection - Impersonation Protect': {
    table: ttpImpersonation.name,
    severity: 'High',
    everyMinutes: 30,
    isHit: ({ taggedMalicious }) => taggedMalicious === true,
  },
  'Mimecast Targeted Threat Protection - URL Protect': {
    table: ttpUrl.name,
    severity: 'High',
    everyMinutes: 30,
    isHit: ({ scanResult, action }) => scanResult === 'malicious' && action !== 'allow',
  },
  'Mimecast Audit - Logon Authentication Failed': {
    table: audit.name,
    severity: 'High',
    everyMinutes: 30,
    isHit: ({ auditType, eventInfo }) =>
      auditType === 'Logon Authentication Failed' &&
      /\d+\.\d+\.\d+\.\d+|[0-9a-f]+:[0-9a-f]*:/i.test(JSON.stringify(eventInfo ?? '')),
    singleAbove: 3,
  },
  'Mimecast Secure Email Gateway - Attachment Protect': onGateway('High', ofType('email_ttp_ap')),
  'Mimecast Secure Email Gateway - AV': onGateway('Informational', ofType('email_antivirus')),
  'Mimecast Secure Email Gateway - Impersonation Protect': onGateway('High', ofType('email_ttp_impersonation')),
  'Mimecast Secure Email Gateway - Internal Email Protect': onGateway('High', ofType('email_iep')),
  'Mimecast Secure Email Gateway - Spam Event Thread': onGateway('Low', ofType('email_spam')),
  'Mimecast Secure Email Gateway - URL Protect': onGateway('High', ofType('email_ttp_url')),
  'Mimecast Secure Email Gateway - Virus': onGateway(
    'Informational',
    ofType('email_receipt', ({ virusFound = '' }) => virusFound !== ''),
  ),
  'Mimecast Data Leak Prevention - Hold': {
    table: segDlp.name,
    severity: 'Informational',
    everyMinutes: 15,
    isHit: ({ action }) => action === 'hold',
    singleAbove: 0,
  },
  'Mimecast Data Leak Prevention - Notifications': {
    table: segDlp.name,
    severity: 'High',
    everyMinutes: 15,
    isHit: ({ action }) => action === 'notification',
    singleAbove: 0,
  },
};

/** An alert that a rule of 3.1 would have raised. */
interface OldAlert {
  readonly rule: string;
  readonly severity: Severity;
}

const mostAlerts = 150;

/** The alerts of the rules of solution 3.1 over the same rows. TimeGenerated was the time of arrival then. */
export function oldAlerts(tables: ReadonlyMap<string, readonly SourceRow[]>): readonly OldAlert[] {
  return Object.entries(oldRules).flatMap(([rule, { table, severity, everyMinutes, isHit, singleAbove }]) => {
    const hits = (tables.get(table) ?? []).filter(({ row }) => isHit(row));
    const runs = Map.groupBy(hits, ({ arrival }) => Math.floor(arrival / (everyMinutes * 60_000)));
    return [...runs.values()].flatMap(({ length }) => {
      const count = singleAbove === undefined ? Math.min(length, mostAlerts) : length > singleAbove ? 1 : 0;
      return Array.from({ length: count }, () => ({ rule, severity }));
    });
  });
}
