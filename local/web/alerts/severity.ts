import { h } from 'preact';
import type { Severity } from '../../sentinel/content/analytics-rule.ts';

/** How grave something is, as a sign of its own shape and a word. */
export function SeverityText({ severity }: { readonly severity: Severity }) {
  return h('span', { class: `severity severity-${severity.toLowerCase()}` }, severity);
}
