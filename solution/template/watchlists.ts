import { solutionName, solutionVersion } from '../identity.ts';
import type { Watchlist } from '../watchlist.ts';
import { location } from './content-template.ts';
import { literal, type Part } from './part.ts';

/** What a watchlist adds. It has no template: it is installed at once. @param n its place among the watchlists, from 1 */
export function watchlistPart(watchlist: Watchlist, n: number): Part {
  return {
    variables: {
      [`watchlistContentId${n}`]: watchlist.alias,
      [`_watchlistContentId${n}`]: `[variables('watchlistContentId${n}')]`,
      [`watchlistVersion${n}`]: solutionVersion,
    },
    resources: [
      {
        type: 'Microsoft.OperationalInsights/workspaces/providers/Watchlists',
        apiVersion: '2023-02-01',
        name: `[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',variables('_watchlistContentId${n}'))]`,
        location,
        properties: {
          displayName: watchlist.alias,
          watchlistAlias: watchlist.alias,
          description: watchlist.description,
          provider: solutionName,
          source: `${watchlist.alias}.csv`,
          itemsSearchKey: watchlist.searchKey,
          contentType: 'text/csv',
          numberOfLinesToSkip: 0,
          rawContent: literal(watchlist.csv),
        },
      },
    ],
    criterion: {
      kind: 'Watchlist',
      contentId: `[variables('_watchlistContentId${n}')]`,
      version: `[variables('watchlistVersion${n}')]`,
    },
  };
}
