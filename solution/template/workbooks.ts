import { contentVersion, type Identity } from '../identity.ts';
import { type Workbook, withoutBlanks } from '../workbook.ts';
import { contentTemplate, location, metadata, productId, templateName } from './content-template.ts';
import type { Part } from './part.ts';

/** What a workbook adds. @param n its place among the workbooks, from 1 */
export function workbookPart(workbook: Workbook, n: number, identity: Identity): Part {
  const contentId = `[variables('_workbookContentId${n}')]`;
  const version = `[variables('workbookVersion${n}')]`;
  const id = `variables('_workbookContentId${n}')`;
  return {
    parameters: {
      [`workbook${n}-name`]: {
        type: 'string',
        defaultValue: workbook.title,
        minLength: 1,
        metadata: { description: 'Name for the workbook' },
      },
    },
    variables: {
      [`workbookVersion${n}`]: contentVersion,
      [`workbookContentId${n}`]: workbook.id,
      [`_workbookContentId${n}`]: `[variables('workbookContentId${n}')]`,
      [`workbookId${n}`]: `[resourceId('Microsoft.Insights/workbooks', variables('workbookContentId${n}'))]`,
      [`workbookTemplateSpecName${n}`]: templateName('Workbook', id),
      [`_workbookcontentProductId${n}`]: productId('Workbook', id, `variables('workbookVersion${n}')`),
      workspaceResourceId: "[resourceId('microsoft.OperationalInsights/Workspaces', parameters('workspace'))]",
    },
    resources: [
      contentTemplate({
        kind: 'Workbook',
        name: `[variables('workbookTemplateSpecName${n}')]`,
        contentId,
        version,
        productId: `[variables('_workbookcontentProductId${n}')]`,
        displayName: `[parameters('workbook${n}-name')]`,
        description: `${workbook.id} Workbook`,
        resources: [
          {
            type: 'Microsoft.Insights/workbooks',
            name: `[variables('workbookContentId${n}')]`,
            location,
            kind: 'shared',
            apiVersion: '2021-08-01',
            metadata: { description: workbook.description },
            properties: {
              displayName: `[parameters('workbook${n}-name')]`,
              serializedData: JSON.stringify(withoutBlanks(workbook.template)),
              version: '1.0',
              sourceId: "[variables('workspaceResourceId')]",
              category: 'sentinel',
            },
          },
          metadata(
            identity,
            { kind: 'Workbook', parentId: `[variables('workbookId${n}')]`, contentId, version },
            {
              properties: {
                description: workbook.description,
                dependencies: {
                  operator: 'AND',
                  criteria: [
                    ...workbook.tables.map((table) => ({ contentId: table, kind: 'DataType' })),
                    ...workbook.connectors.map((connector) => ({ contentId: connector, kind: 'DataConnector' })),
                  ],
                },
              },
            },
          ),
        ],
      }),
    ],
    criterion: { kind: 'Workbook', contentId, version },
  };
}
