import { hrefOf } from '../route.ts';

/** What of the alerts is shown; an empty text filters nothing. */
export interface AlertsPlace {
  readonly view: 'alerts' | 'incidents';
  readonly severity: string;
  readonly rule: string;
}

/** The place that an address names. */
export function placeFrom(query: URLSearchParams): AlertsPlace {
  return {
    view: query.get('view') === 'incidents' ? 'incidents' : 'alerts',
    severity: query.get('severity') ?? '',
    rule: query.get('rule') ?? '',
  };
}

/** The address of a list, or of an alert whose way back leads to it. */
export function alertsHref({ view, severity, rule }: AlertsPlace, alert?: string): string {
  return hrefOf('alerts', {
    ...(view === 'incidents' && { view }),
    ...(severity !== '' && { severity }),
    ...(rule !== '' && { rule }),
    ...(alert !== undefined && { alert }),
  });
}

/** Whether something of a rule and severity is to be shown. */
export function isShown(
  { severity, rule }: AlertsPlace,
  of: { readonly severity: string; readonly ruleName: string },
): boolean {
  return (severity === '' || severity === of.severity) && (rule === '' || rule === of.ruleName);
}

/** A rule's name among others that all begin alike. */
export function shortRule(name: string): string {
  return name.replace(/^Mimecast (?=\w)/, '');
}
