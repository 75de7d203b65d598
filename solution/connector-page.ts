import type { JsonObject } from '../functions/tables/json.ts';
import type { ConnectorPage } from './connector.ts';
import { instructionSteps } from './connector-steps.ts';
import type { DeployLinks } from './deploy-buttons.ts';
import { solutionVersion } from './identity.ts';
import permissions from './permissions.json' with { type: 'json' };

/** A connector's page, as Azure-Sentinel's `*_FunctionApp.json` holds it. */
export function connectorPage(page: ConnectorPage, links: DeployLinks): JsonObject {
  const tables = Object.entries(page.tables);
  const names = Object.keys(page.tables);
  return {
    id: page.id,
    title: page.title,
    publisher: 'Mimecast',
    descriptionMarkdown: page.description,
    graphQueries: tables.map(([table, metricName]) => ({ metricName, legend: table, baseQuery: table })),
    sampleQueries: page.sampleQueries,
    dataTypes: names.map((name) => ({
      name,
      lastDataReceivedQuery: `${name}\n| summarize Time = max(TimeGenerated)\n| where isnotempty(Time)`,
    })),
    connectivityCriterias: [{ type: 'IsConnectedQuery', value: [...names.map(hasRows), runsWell(page.connector)] }],
    availability: { status: 1, isPreview: false },
    permissions,
    instructionSteps: instructionSteps(page, links),
    metadata: { version: solutionVersion, kind: 'dataConnector' },
  };
}

function hasRows(table: string): string {
  return `${table}\n| summarize LastLogReceived = max(TimeGenerated)\n| project IsConnected = LastLogReceived > ago(30d)`;
}

/** A quiet tenant is connected as long as the runs that ask it succeed. */
function runsWell(connector: string): string {
  return [
    'Mimecast_Health_CL',
    `| where Connector == "${connector}" and isempty(Fault)`,
    '| summarize LastRun = max(Ended)',
    '| project IsConnected = LastRun > ago(1d)',
  ].join('\n');
}
