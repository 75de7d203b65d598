import { h } from 'preact';
import type { RuleGuide } from '../../sentinel/rules/rule-guide.ts';
import { Markdown } from '../workbook/markdown.ts';

/** What the page on the rules says: what it means, what to do, and what else it may be. */
export function GuideView({ guide }: { readonly guide: RuleGuide }) {
  return [
    h(Markdown, { text: guide.meaning }),
    h('h3', null, 'What to do'),
    h(
      'ol',
      { class: 'triage' },
      guide.steps.map((step) => h('li', { key: step }, h(Markdown, { text: step }))),
    ),
    h(
      'dl',
      { class: 'guide-points' },
      guide.points.map(({ heading, text }) =>
        h('div', { key: heading }, h('dt', null, heading), h('dd', null, h(Markdown, { text }))),
      ),
    ),
  ];
}
