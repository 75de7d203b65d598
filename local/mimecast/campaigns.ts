import type { JsonObject } from '../../functions/tables/json.ts';
import { type LegacyContext, legacyPage } from './legacy.ts';
import { emptyReply, nestedFail, type Reply } from './reply.ts';
import { itemOf } from './request.ts';
import type { Served } from './served.ts';
import type { Incoming } from './server.ts';

/** A phishing campaign as its list shows it. */
export type Campaign = JsonObject & { readonly id: string };

/** The phishing campaigns and, for each, its users. */
export interface CampaignStore {
  /** Adds a campaign, or replaces the one of the same id. */
  add(campaign: Campaign, users: readonly JsonObject[], at: number): void;
  listCampaigns(request: Incoming, context: LegacyContext): Reply;
  listUsers(request: Incoming, context: LegacyContext): Reply;
  /** The users of all campaigns, each with its `campaignId`. */
  served(): readonly Served[];
}

export function keepCampaigns(): CampaignStore {
  const byId = new Map<
    string,
    { readonly campaign: Campaign; readonly users: readonly JsonObject[]; readonly at: number }
  >();
  const campaigns = (query: JsonObject): readonly JsonObject[] =>
    [...byId.values()]
      .map(({ campaign }) => campaign)
      .filter(({ id }) => query['id'] === undefined || query['id'] === id);
  return {
    add: (campaign, users, at) => void byId.set(campaign.id, { campaign, users, at }),
    listCampaigns: (request, context) =>
      legacyPage(
        { at: 'campaigns', size: () => byId.size, rows: (query, cut) => campaigns(query).slice(0, cut.size) },
        request,
        context,
      ),
    listUsers(request, context) {
      const query = itemOf(request);
      const id = query['id'];
      if (id === undefined)
        return nestedFail(query, [{ code: 'err_validation_null', message: 'data[0].id is needed' }]);
      const found = typeof id === 'string' ? byId.get(id) : undefined;
      // A broken id is answered with a 400 without a body.
      if (!found) return emptyReply(400);
      const source = {
        at: 'userData',
        list: 'items',
        size: () => found.users.length,
        rows: () => found.users,
      } as const;
      return legacyPage(source, request, context);
    },
    served: () =>
      [...byId.values()].flatMap(({ campaign, users, at }) =>
        users.map((user) => ({ event: { ...user, campaignId: campaign.id }, availableAt: at })),
      ),
  };
}
