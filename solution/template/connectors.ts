import type { JsonObject } from '../../functions/tables/json.ts';
import { type Identity, solutionName, solutionVersion } from '../identity.ts';
import { contentTemplate, location, metadata, productId, templateName } from './content-template.ts';
import { literal, type Part } from './part.ts';

const workspaceId = "resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))";

/** What a connector's page adds: it is shown at once, and stands among the templates too. @param n its place among the connectors, from 1 */
export function connectorPart(page: JsonObject, n: number, identity: Identity): Part {
  const contentId = `[variables('_dataConnectorContentId${n}')]`;
  const version = `[variables('dataConnectorVersion${n}')]`;
  const id = `variables('_dataConnectorContentId${n}')`;
  const connectorId = `extensionResourceId(${workspaceId}, 'Microsoft.SecurityInsights/dataConnectors', ${id})`;
  const shown = connectorResource(page, n);
  const link = metadata(identity, { kind: 'DataConnector', parentId: `[${connectorId}]`, contentId, version });
  return {
    variables: {
      [`uiConfigId${n}`]: page['id'] ?? '',
      [`_uiConfigId${n}`]: `[variables('uiConfigId${n}')]`,
      [`dataConnectorContentId${n}`]: page['id'] ?? '',
      [`_dataConnectorContentId${n}`]: `[variables('dataConnectorContentId${n}')]`,
      [`dataConnectorId${n}`]: `[${connectorId}]`,
      [`_dataConnectorId${n}`]: `[variables('dataConnectorId${n}')]`,
      [`dataConnectorTemplateSpecName${n}`]: templateName('DataConnector', id),
      [`dataConnectorVersion${n}`]: solutionVersion,
      [`_dataConnectorcontentProductId${n}`]: productId('DataConnector', id, `variables('dataConnectorVersion${n}')`),
    },
    resources: [
      contentTemplate({
        kind: 'DataConnector',
        name: `[variables('dataConnectorTemplateSpecName${n}')]`,
        contentId,
        version,
        productId: `[variables('_dataConnectorcontentProductId${n}')]`,
        displayName: page['title'] ?? '',
        description: `${solutionName} data connector`,
        resources: [shown, link],
      }),
      { ...link, dependsOn: [`[variables('_dataConnectorId${n}')]`], location },
      shown,
    ],
    criterion: { kind: 'DataConnector', contentId, version },
  };
}

function connectorResource(page: JsonObject, n: number): JsonObject {
  return {
    name: `[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',variables('_dataConnectorContentId${n}'))]`,
    apiVersion: '2021-03-01-preview',
    type: 'Microsoft.OperationalInsights/workspaces/providers/dataConnectors',
    location,
    kind: 'GenericUI',
    properties: { connectorUiConfig: { ...literal(page), id: `[variables('_uiConfigId${n}')]` } },
  };
}
