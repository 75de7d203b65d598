import type { Content } from './content.ts';
import { logo, solutionDescription } from './identity.ts';

const releaseNotesUrl = 'https://github.com/Azure/Azure-Sentinel/tree/master/Solutions/Mimecast/ReleaseNotes.md';
const knownIssuesUrl = 'https://aka.ms/sentinelsolutionsknownissues';

/** How much of each kind the solution brings; what it has none of is left out. */
function counts(content: Content): readonly (readonly [string, number])[] {
  const all = [
    ['Data Connectors', content.connectors.length],
    ['Parsers', content.parsers.length],
    ['Workbooks', content.workbooks.length],
    ['Analytic Rules', content.rules.length],
    ['Watchlists', content.watchlists.length],
    ['Playbooks', 1],
  ] as const;
  return all.filter(([, count]) => count > 0);
}

/** What Content Hub says of the solution. */
export function descriptionHtml(content: Content): string {
  return [
    '<p><strong>Note:</strong> Please refer to the following before installing the solution:</p>',
    `<p>Review the solution <a href="${releaseNotesUrl}">Release Notes</a></p>`,
    `<p>There may be <a href="${knownIssuesUrl}">known issues</a> pertaining to this Solution, please refer to them before installing.</p>`,
    `<p>${solutionDescription}</p>`,
    `<p>${counts(content)
      .map(([kind, count]) => `<strong>${kind}:</strong> ${count}`)
      .join(', ')}</p>`,
    '<p><a href="https://aka.ms/azuresentinel">Learn more about Microsoft Sentinel</a> | <a href="https://aka.ms/azuresentinelsolutionsdoc">Learn more about Solutions</a></p>',
    '',
  ].join('\n');
}

/** What the wizard says of the solution, as Markdown. */
export function descriptionMarkdown(content: Content): string {
  return [
    logo,
    '**Note:** Please refer to the following before installing the solution:',
    `- Review the solution [Release Notes](${releaseNotesUrl})\n- There may be [known issues](${knownIssuesUrl}) pertaining to this Solution, please refer to them before installing.`,
    solutionDescription,
    counts(content)
      .map(([kind, count]) => `**${kind}:** ${count}`)
      .join(', '),
    '[Learn more about Microsoft Sentinel](https://aka.ms/azuresentinel) | [Learn more about Solutions](https://aka.ms/azuresentinelsolutionsdoc)',
  ].join('\n\n');
}
