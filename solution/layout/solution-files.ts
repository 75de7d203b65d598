import { connectorPage } from '../connector-page.ts';
import type { DeployLinks } from '../deploy-buttons.ts';
import type { Content } from '../content.ts';
import {
  type Identity,
  logo,
  solutionDescription,
  solutionMetadata,
  solutionName,
  solutionVersion,
} from '../identity.ts';
import { jsonText } from '../json-text.ts';
import { playbookId } from '../template/playbook.ts';
import { parserYaml } from './parser-yaml.ts';
import { watchlistTemplate } from './watchlist-template.ts';

/** A kind of content as the data file calls it, and its files: path and text. */
type Listed = readonly [kind: string, files: readonly (readonly [path: string, text: string])[]];

/** The files of the solution's folder, by path below `Solutions/Mimecast`; without `Package`. */
export function solutionFiles(content: Content, identity: Identity, links: DeployLinks): ReadonlyMap<string, string> {
  const { rules, parsers, connectors, workbooks, watchlists } = content;
  const items: readonly Listed[] = [
    ['Analytic Rules', rules.map((rule) => [`Analytic Rules/${rule.path}`, rule.text])],
    ['Workbooks', workbooks.map(({ id, template }) => [`Workbooks/${id}.json`, jsonText(template)])],
    ['Playbooks', [[`Playbooks/${playbookId}/azuredeploy.json`, jsonText(content.playbook)]]],
    ['Parsers', parsers.map((parser) => [`Parsers/${parser.path}`, parserYaml(parser)])],
    [
      'Data Connectors',
      connectors.map((page) => [`Data Connectors/${page.file}`, jsonText(connectorPage(page, links))]),
    ],
    ['Watchlists', watchlists.map((list) => [`Watchlists/${list.alias}.json`, jsonText(watchlistTemplate(list))])],
  ];
  const listed = items.filter(([, files]) => files.length > 0);
  return new Map([
    ...listed.flatMap(([, files]) => files),
    [`Playbooks/${playbookId}/readme.md`, content.playbookReadme],
    [`Data/Solution_${solutionName}.json`, jsonText(dataFile(identity, listed))],
    ['SolutionMetadata.json', jsonText(solutionMetadata(identity))],
    ['ReleaseNotes.md', content.releaseNotes],
  ]);
}

/** What Azure-Sentinel's own packaging tool reads. */
function dataFile(identity: Identity, items: readonly Listed[]): object {
  const { name, email } = identity.author;
  return {
    Name: solutionName,
    Author: email === undefined ? name : `${name} - ${email}`,
    Logo: logo,
    Description: solutionDescription,
    ...Object.fromEntries(items.map(([kind, files]) => [kind, files.map(([path]) => path)])),
    BasePath: `C:\\Azure-Sentinel\\Solutions\\${solutionName}`,
    Version: solutionVersion,
    Metadata: 'SolutionMetadata.json',
    TemplateSpec: true,
    Is1PConnector: false,
  };
}
