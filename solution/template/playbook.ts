import { isJsonObject, type Json, type JsonObject } from '../../functions/tables/json.ts';
import { type Identity } from '../identity.ts';
import { contentTemplate, metadata, productId, templateName } from './content-template.ts';
import type { Part } from './part.ts';

/** What Content Hub knows the playbook by, as in solution 3.1. */
export const playbookId = 'Mimecast Data Connector Trigger Sync';
export const playbookName = 'Mimecast-Data-Connector-Trigger-Sync';
const playbookVersion = '2.0';

/** What the playbook adds: a template with its own parameters, evaluated when a customer deploys it. */
export function playbookPart(template: JsonObject, identity: Identity): Part {
  const contentId = "[variables('_playbookContentId1')]";
  const version = "[variables('playbookVersion1')]";
  const id = "variables('_playbookContentId1')";
  return {
    variables: {
      playbookVersion1: playbookVersion,
      playbookContentId1: playbookId,
      _playbookContentId1: "[variables('playbookContentId1')]",
      playbookId1: "[resourceId('Microsoft.Logic/workflows', variables('playbookContentId1'))]",
      playbookTemplateSpecName1: templateName('Playbook', id),
      _playbookcontentProductId1: productId('Playbook', id, "variables('playbookVersion1')"),
    },
    resources: [
      contentTemplate({
        kind: 'Playbook',
        name: "[variables('playbookTemplateSpecName1')]",
        contentId,
        version,
        productId: "[variables('_playbookcontentProductId1')]",
        displayName: playbookName,
        description: `${playbookName} Playbook`,
        parameters: object(later(template['parameters'] ?? {})),
        variables: {
          ...object(later(template['variables'] ?? {})),
          // Written in two pieces, so that it is put together first and evaluated when the playbook is deployed.
          'workspace-location-inline': "[concat('[resourceGroup().locatio', 'n]')]",
          'workspace-name': "[parameters('workspace')]",
          workspaceResourceId: "[[resourceId('microsoft.OperationalInsights/Workspaces', variables('workspace-name'))]",
        },
        resources: [
          ...objects(template['resources']).map(inWorkspace),
          metadata(identity, { kind: 'Playbook', parentId: "[variables('playbookId1')]", contentId, version }),
        ],
        metadata: galleryMetadata(object(template['metadata'] ?? {})),
      }),
    ],
    criterion: { kind: 'Playbook', contentId, version },
  };
}

/** A resource of the playbook, told which workspace it belongs to. */
function inWorkspace(resource: JsonObject): JsonObject {
  return {
    ...object(later(resource)),
    location: "[[variables('workspace-location-inline')]",
    tags: {
      'hidden-SentinelTemplateName': playbookName,
      'hidden-SentinelTemplateVersion': playbookVersion,
      'hidden-SentinelWorkspaceId': "[[variables('workspaceResourceId')]",
    },
  };
}

/** What the gallery shows; author and support stand in the solution. */
function galleryMetadata({ author: _author, support: _support, ...shown }: JsonObject): JsonObject {
  return shown;
}

/** The same with its expressions kept as text: they are evaluated when the playbook itself is deployed. */
function later(value: Json): Json {
  if (typeof value === 'string') return value.startsWith('[') ? `[${value}` : value;
  if (Array.isArray(value)) return value.map(later);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, later(each)]));
}

function object(value: Json): JsonObject {
  if (!isJsonObject(value)) throw new Error('The playbook has a part that should be an object.');
  return value;
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
