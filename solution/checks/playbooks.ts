import { type JsonObject } from '../../functions/tables/json.ts';
import { type Check, faultsAt, field, jsonFiles, list, text } from './check.ts';

/** Azure-Sentinel's check `playbook`: parameters, gallery metadata and where the workflow stands; and that no secret is asked for. */
export const playbooks: Check = (files) =>
  jsonFiles(files, /\/Playbooks\/.*\/azuredeploy\.json$/).flatMap(([path, template]) =>
    faultsAt(path, wrong(template)),
  );

function wrong(template: JsonObject): Readonly<Record<string, boolean>> {
  const workflows = list(template['resources']).filter(({ type }) => type === 'Microsoft.Logic/workflows');
  const main = workflows.filter(({ name }) => name === "[parameters('PlaybookName')]");
  const metadata = field(template, 'metadata');
  const isBlank = (...names: readonly string[]) =>
    text(field(metadata, ...names.slice(0, -1)), names.at(-1) ?? '').trim() === '';
  return {
    'it has no parameter PlaybookName': !('PlaybookName' in field(template, 'parameters')),
    'not exactly one workflow is named by PlaybookName': main.length !== 1,
    'the workflow does not stand in the region of its resource group':
      main[0]?.['location'] !== '[resourceGroup().location]',
    'a workflow has another version of its API than packages may have': workflows.some(
      ({ apiVersion }) => apiVersion !== '2019-05-01',
    ),
    'the workflow has no managed identity': field(main[0], 'identity')['type'] !== 'SystemAssigned',
    'metadata.title is missing': isBlank('title'),
    'metadata.description is missing': isBlank('description'),
    'metadata.lastUpdateTime is no time': Number.isNaN(Date.parse(text(metadata, 'lastUpdateTime'))),
    'metadata.support.tier is missing': isBlank('support', 'tier'),
    'metadata.author.name is missing': isBlank('author', 'name'),
    'it asks for a secret': /secureString|client.?secret"/i.test(JSON.stringify(field(template, 'parameters'))),
    'it names a cloud':
      /(?<!schema\.)management\.azure\.com(?!\/(schemas|providers\/Microsoft\.Logic\/schemas))|microsoftonline|usgovcloudapi/.test(
        JSON.stringify(template),
      ),
  };
}
