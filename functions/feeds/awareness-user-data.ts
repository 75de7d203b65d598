import { real, text, time } from '../collect/cells.ts';
import { feed } from '../collect/feed.ts';
import { awarenessUserData as table } from '../tables/awareness-user-data.ts';
import type { Cells } from '../tables/table.ts';

/**
 * https://developer.services.mimecast.com: Awareness Training, user data of each phishing campaign.
 * The reader adds `campaignId`, `campaignName` and `campaignLaunchDate` to each record.
 */
export const awarenessUserData = feed({
  name: 'AwarenessUserData',
  table,
  source: {
    kind: 'snapshot',
    path: '/api/awareness-training/phishing/campaign/get-user-data',
    items: 'items',
    campaigns: '/api/awareness-training/phishing/campaign/get-campaign',
  },
  product: 'Awareness Training with Awareness Training | Dashboard | Read',
  columnOf: {},
  identity: (event) => {
    const address = text(event['email']);
    return address ? `${address}\n${text(event['campaignId']) ?? ''}` : undefined;
  },
  toRow: (event): Cells<typeof table.columns> => ({
    name: text(event['name']),
    email: text(event['email']),
    templateName: text(event['templateName']),
    department: text(event['department']),
    status: text(event['status']),
    userState: text(event['userState']),
    clickedIp: text(event['clickedIp']),
    items: text(event['items']),
    numCampaignsSent: real(event['numCampaignsSent']),
    numCampaignsClicked: real(event['numCampaignsClicked']),
    numCampaignsScanned: real(event['numCampaignsScanned']),
    numCampaignsClickedScanned: real(event['numCampaignsClickedScanned']),
    numTrainingModulesAssigned: real(event['numTrainingModulesAssigned']),
    numCorrectAnswers: real(event['numCorrectAnswers']),
    numIncorrectAnswers: real(event['numIncorrectAnswers']),
    reactionTime: real(event['reactionTime']),
    timeScheduled: time(event['timeScheduled']),
    timeOpened: time(event['timeOpened']),
    timeClicked: time(event['timeClicked']),
    timeReported: time(event['timeReported']),
    timeScanned: time(event['timeScanned']),
    timeSubmitted: time(event['timeSubmitted']),
    campaignId: text(event['campaignId']),
    campaignName: text(event['campaignName']),
    campaignLaunchDate: time(event['campaignLaunchDate']),
  }),
});
