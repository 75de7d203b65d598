import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Check, faultsIn, jsonFiles } from './check.ts';

const named = z.object({ name: z.string().regex(/^\S+$/, 'a space') });

// https://github.com/Azure/Azure-Sentinel/blob/master/.script/utils/schemas/Azure_Function_ConnectorSchema.json
const schema = z.object({
  id: z.string().regex(/^\S+$/, 'a space'),
  title: z.string().min(1),
  publisher: z.string().min(1),
  descriptionMarkdown: z.string().min(1),
  graphQueries: z.array(z.object({ metricName: z.string(), legend: z.string(), baseQuery: z.string() })).min(1),
  sampleQueries: z.array(z.object({ description: z.string(), query: z.string() })).min(1),
  dataTypes: z.array(named.extend({ lastDataReceivedQuery: z.string() })).min(1),
  connectivityCriterias: z.array(z.object({ type: z.string(), value: z.array(z.string()).min(1) })).min(1),
  availability: z.object({ status: z.number().int(), isPreview: z.boolean() }),
  permissions: z.object({
    resourceProvider: z.array(z.json()),
    customs: z.array(z.object({ name: z.string(), description: z.string() })),
  }),
  instructionSteps: z.array(z.object({ title: z.string().optional(), description: z.string().optional() })).min(1),
});

// The validator compares these literally, so that a connector without workspace keys has to name them too.
const workspace = {
  provider: 'Microsoft.OperationalInsights/workspaces',
  permissionsDisplayText: 'read and write permissions on the workspace are required.',
  providerDisplayName: 'Workspace',
  scope: 'Workspace',
  requiredPermissions: { write: true, read: true, delete: true },
};
const keys = {
  provider: 'Microsoft.OperationalInsights/workspaces/sharedKeys',
  permissionsDisplayText:
    'read permissions to shared keys for the workspace are required. [See the documentation to learn more about workspace keys](https://docs.microsoft.com/azure/azure-monitor/platform/agent-windows#obtain-workspace-id-and-key).',
  providerDisplayName: 'Keys',
  scope: 'Workspace',
  requiredPermissions: { action: true },
};
const functionApp = {
  name: 'Microsoft.Web/sites permissions',
  description:
    'Read and write permissions to Azure Functions to create a Function App is required. [See the documentation to learn more about Azure Functions](https://docs.microsoft.com/azure/azure-functions/).',
};

/** Azure-Sentinel's check `data-connector`, for connectors on Azure Functions. */
export const connectorPages: Check = (files) =>
  jsonFiles(files, /\/Data Connectors\/.*_FunctionApp\.json$/).flatMap(([path, page]) => {
    const read = schema.safeParse(page);
    if (!read.success) return read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`);
    return faults(read.data).map((fault) => `${path}: ${fault}`);
  });

function faults({ permissions, instructionSteps, dataTypes, graphQueries }: z.infer<typeof schema>): readonly string[] {
  const steps = JSON.stringify(instructionSteps);
  const tables = dataTypes.map(({ name }) => name);
  const wrong = {
    'it has no button "[Deploy To Azure]", so that it counts as no function app': !steps.includes('[Deploy To Azure]'),
    'it has no button for Azure Government': !steps.includes('https://portal.azure.us/#create/Microsoft.Template/uri/'),
    'permissions.resourceProvider is not what the validator compares with': !isDeepStrictEqual(
      permissions.resourceProvider,
      [workspace, keys],
    ),
    'permissions.customs has no Microsoft.Web/sites permissions': !permissions.customs.some((custom) =>
      isDeepStrictEqual(custom, functionApp),
    ),
    'graphQueries and dataTypes name different tables': !isDeepStrictEqual(
      graphQueries.map(({ legend }) => legend),
      tables,
    ),
  };
  return faultsIn(wrong);
}
