import type { JsonObject } from '../../functions/tables/json.ts';
import { solutionName } from '../identity.ts';
import { templateSchema } from '../template/content-template.ts';
import type { Watchlist } from '../watchlist.ts';

/** A watchlist as a template of its own, as Azure-Sentinel's folders hold them. */
export function watchlistTemplate({ alias, description, searchKey, csv }: Watchlist): JsonObject {
  return {
    $schema: templateSchema,
    contentVersion: '1.0.0.0',
    parameters: {
      workspaceName: {
        type: 'string',
        metadata: { description: 'Name of the Log Analytics workspace that Microsoft Sentinel is set up in' },
      },
    },
    resources: [
      {
        type: 'Microsoft.OperationalInsights/workspaces/providers/Watchlists',
        apiVersion: '2023-02-01',
        name: `[concat(parameters('workspaceName'), '/Microsoft.SecurityInsights/${alias}')]`,
        properties: {
          displayName: alias,
          watchlistAlias: alias,
          description,
          provider: solutionName,
          source: `${alias}.csv`,
          itemsSearchKey: searchKey,
          contentType: 'text/csv',
          numberOfLinesToSkip: 0,
          rawContent: csv,
        },
      },
    ],
  };
}
