import type { JsonObject } from '../../functions/tables/json.ts';
import type { Content } from '../content.ts';
import { playbookName } from '../template/playbook.ts';

const learn = 'https://learn.microsoft.com/azure/sentinel';

/** What the wizard tells of each kind of content; a kind of which there is none has no step. */
export function wizardSteps(content: Content): readonly JsonObject[] {
  const { connectors, workbooks, rules, watchlists } = content;
  return [
    step('dataconnectors', 'Data Connectors', [
      ...connectors.map(({ title, description }, index) =>
        text(
          `dataconnectors${index + 1}-text`,
          `This Solution installs the data connector for ${title}. ${description} After installing the solution, open the connector's page in Manage solution view and follow its steps.`,
        ),
      ),
      text(
        'dataconnectors-parser-text',
        'The Solution installs parsers: functions that show each event once, under the same column names for rows of all versions of the connector.',
      ),
      link('dataconnectors-link', 'Learn more about connecting data sources', `${learn}/connect-data-sources`),
    ]),
    ...(workbooks.length > 0 ? [workbookStep(content)] : []),
    ...(rules.length > 0 ? [ruleStep(content)] : []),
    ...(watchlists.length > 0 ? [watchlistStep(content)] : []),
    step('playbooks', 'Playbooks', [
      text(
        'playbooks-text',
        `This solution installs the playbook template ${playbookName}. It syncs the timers of the connector, runs them now, pauses and resumes them, with a managed identity. After installing the solution, deploy it from Automation > Playbook templates, and give its identity the role Website Contributor on the function app.`,
      ),
      link('playbooks-link', 'Learn more', `${learn}/tutorial-respond-threats-playbook`),
    ]),
  ];
}

function workbookStep({ workbooks }: Content): JsonObject {
  return step('workbooks', 'Workbooks', [
    text(
      'workbooks-text',
      'This solution installs workbooks that show the collected events. After installing the solution, start using them in Manage solution view.',
    ),
    link('workbooks-link', 'Learn more', `${learn}/monitor-your-data`),
    ...workbooks.map(({ title, description }, index) => section(`workbook${index + 1}`, title, description)),
  ]);
}

function ruleStep({ rules }: Content): JsonObject {
  return step('analytics', 'Analytics', [
    text(
      'analytics-text',
      'This solution installs the following analytic rule templates. After installing the solution, create and enable analytic rules in Manage solution view.',
    ),
    link('analytics-link', 'Learn more', `${learn}/detect-threats-custom`),
    ...rules.map(({ name, description }, index) => section(`analytic${index + 1}`, name, description)),
  ]);
}

function watchlistStep({ watchlists }: Content): JsonObject {
  return step('watchlists', 'Watchlists', [
    text(
      'watchlists-text',
      'This solution installs the following watchlists. They are empty; the analytics rules look things up in them once they are filled.',
    ),
    link('watchlists-link', 'Learn more', `${learn}/watchlists`),
    ...watchlists.map(({ alias, description }, index) => section(`watchlist${index + 1}`, alias, description)),
  ]);
}

function step(name: string, label: string, elements: readonly JsonObject[]): JsonObject {
  return {
    name,
    label,
    subLabel: { preValidation: `Configure the ${label.toLowerCase()}`, postValidation: 'Done' },
    bladeTitle: label,
    elements,
  };
}

function section(name: string, label: string, description: string): JsonObject {
  return { name, type: 'Microsoft.Common.Section', label, elements: [text(`${name}-text`, description)] };
}

function text(name: string, words: string): JsonObject {
  return { name, type: 'Microsoft.Common.TextBlock', options: { text: words } };
}

function link(name: string, label: string, uri: string): JsonObject {
  return { name, type: 'Microsoft.Common.TextBlock', options: { link: { label, uri } } };
}
