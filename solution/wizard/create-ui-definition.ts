import type { JsonObject } from '../../functions/tables/json.ts';
import type { Content } from '../content.ts';
import { descriptionMarkdown } from '../description.ts';
import { wizardSteps } from './steps.ts';

/** The wizard that the portal shows when the solution is installed. */
export function createUiDefinition(content: Content): JsonObject {
  return {
    $schema: 'https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#',
    handler: 'Microsoft.Azure.CreateUIDef',
    version: '0.1.2-preview',
    parameters: {
      config: {
        isWizard: false,
        basics: {
          description: descriptionMarkdown(content),
          subscription: {
            resourceProviders: [
              'Microsoft.OperationsManagement/solutions',
              'Microsoft.OperationalInsights/workspaces/providers/alertRules',
              'Microsoft.Insights/workbooks',
              'Microsoft.Logic/workflows',
            ],
          },
          location: {
            metadata: { hidden: 'The region is that of the workspace.' },
            visible: false,
          },
          resourceGroup: { allowExisting: true },
        },
      },
      basics: workspaceChoice,
      steps: wizardSteps(content),
      outputs: {
        'workspace-location': `[first(map(filter(basics('getLAWorkspace').value, (filter) => and(${inGroup},equals(filter.name,basics('workspace')))), (item) => item.location))]`,
        location: '[location()]',
        workspace: "[basics('workspace')]",
      },
    },
  };
}

/** Whether a workspace stands in the chosen resource group, not merely in one whose name begins alike. */
const inGroup = "contains(toLower(filter.id), concat('/resourcegroups/', toLower(resourceGroup().name), '/'))";

const workspaceChoice: readonly JsonObject[] = [
  {
    name: 'getLAWorkspace',
    type: 'Microsoft.Solutions.ArmApiControl',
    toolTip: 'The workspaces of the subscription',
    condition: '[greater(length(resourceGroup().name),0)]',
    request: {
      method: 'GET',
      path: "[concat(subscription().id,'/providers/Microsoft.OperationalInsights/workspaces?api-version=2020-08-01')]",
    },
  },
  {
    name: 'workspace',
    type: 'Microsoft.Common.DropDown',
    label: 'Workspace',
    placeholder: 'Select a workspace',
    toolTip: 'The workspaces of the chosen resource group',
    constraints: {
      allowedValues: `[map(filter(basics('getLAWorkspace').value, (filter) => ${inGroup}), (item) => parse(concat('{"label":"', item.name, '","value":"', item.name, '"}')))]`,
      required: true,
    },
    visible: true,
  },
];
