import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../functions/tables/json.ts';
import type { Tenant } from '../../../local/mimecast/tenant.ts';
import { type Answer, asking, at, listAt, post, stage, tokenOf } from './client.ts';

const company = '/api/awareness-training/company';
const phishing = '/api/awareness-training/phishing/campaign';
const emailsOf = (answer: Answer): unknown[] => listAt(answer.json, 'data').map((user) => at(user, 'email'));
const nextOf = (answer: Answer) => at(answer.json, 'meta', 'pagination', 'next');

async function staged(pageCap?: number): Promise<{ tenant: Tenant; clock: { time: number }; token: string }> {
  const { tenant, clock } = await stage({ pageCap });
  return { tenant, clock, token: await tokenOf(tenant) };
}

describe('a list of users', () => {
  test('comes in pages', async () => {
    const { tenant, token } = await staged(2);
    tenant.add('AwarenessWatchlistDetails', [{ email: 'a' }, { email: 'b' }, { email: 'c' }]);
    const path = `${company}/get-watchlist-details`;
    const meta = { pagination: { pageSize: 500 } };
    const first = await post(tenant, token, path, { meta });
    expect(emailsOf(first)).toEqual(['a', 'b']);
    const last = await post(tenant, token, path, asking({}, 500, nextOf(first)));
    expect(emailsOf(last)).toEqual(['c']);
    expect(nextOf(last)).toBeUndefined();
  });

  test('holds each user once, as last added, and those without an address all', async () => {
    const { tenant, token } = await staged();
    const [old, young] = [
      { emailAddress: 'a', risk: 'A' },
      { emailAddress: 'a', risk: 'F' },
    ];
    tenant.add('AwarenessSafeScoreDetails', [old, { emailAddress: 'b' }, young, { name: 'x' }, { name: 'y' }]);
    const { json } = await post(tenant, token, `${company}/get-safe-score-details`, asking({}));
    const users = [young, { emailAddress: 'b' }, { name: 'x' }, { name: 'y' }];
    expect(at(json, 'data')).toEqual(users);
    expect(tenant.events('AwarenessSafeScoreDetails').map(({ event }) => event)).toEqual(users);
  });

  test('of performance shows details only when they are asked for', async () => {
    const { tenant, token } = await staged();
    const user = { email: 'a', numCorrect: 1, userDetails: [{ name: 'x' }] };
    tenant.add('AwarenessPerformanceDetails', [user]);
    const path = `${company}/get-performance-details`;
    const plain = await post(tenant, token, path, asking({}));
    expect(at(plain.json, 'data')).toEqual([{ email: 'a', numCorrect: 1 }]);
    const whole = await post(tenant, token, path, asking({ includeUserDetails: true }));
    expect(at(whole.json, 'data')).toEqual([user]);
  });

  test('shows a user from the time on at which there is one', async () => {
    const { tenant, token, clock } = await staged();
    tenant.add('AwarenessWatchlistDetails', [{ email: 'a' }], clock.time + 1);
    const path = `${company}/get-watchlist-details`;
    expect(emailsOf(await post(tenant, token, path, asking({})))).toEqual([]);
    clock.time += 1;
    expect(emailsOf(await post(tenant, token, path, asking({})))).toEqual(['a']);
  });
});

describe('phishing campaigns', () => {
  const campaigns = ['one', 'two', 'three'].map((id) => ({ id, name: `Campaign ${id}` }));

  async function filled(pageCap?: number) {
    const { tenant, token } = await staged(pageCap);
    for (const campaign of campaigns) {
      tenant.addCampaign(campaign, [{ email: `a@${campaign.id}` }, { email: `b@${campaign.id}` }]);
    }
    const users = (query: JsonObject, next = nextOf(nothing)): Promise<Answer> =>
      post(tenant, token, `${phishing}/get-user-data`, asking(query, 500, next ?? ''));
    const list = (body: JsonObject): Promise<Answer> => post(tenant, token, `${phishing}/get-campaign`, body);
    return { tenant, users, list };
  }
  const nothing: Answer = { status: 0, headers: new Headers(), text: '', json: undefined };

  test('are listed in pages, all or one by its id', async () => {
    const { list } = await filled(2);
    const first = await list({ meta: { pagination: { pageSize: 500 } }, data: [] });
    expect(at(first.json, 'data')).toEqual(campaigns.slice(0, 2));
    const rest = await list(asking({}, 500, nextOf(first)));
    expect(at(rest.json, 'data')).toEqual(campaigns.slice(2));
    expect(at((await list(asking({ id: 'two' }))).json, 'data')).toEqual(campaigns.slice(1, 2));
  });

  test('have users of their own, in pages', async () => {
    const { users } = await filled(1);
    const first = await users({ id: 'two' });
    expect(at(first.json, 'data', 0, 'items')).toEqual([{ email: 'a@two' }]);
    const last = await users({ id: 'two' }, nextOf(first));
    expect(at(last.json, 'data', 0, 'items')).toEqual([{ email: 'b@two' }]);
    expect(nextOf(last)).toBeUndefined();
  });

  test('are asked for by an id: none is a failure inside a 200, a wrong one a 400 without a body', async () => {
    const { users } = await filled();
    const none = await users({});
    expect([none.status, at(none.json, 'fail', 0, 'errors', 0, 'code')]).toEqual([200, 'err_validation_null']);
    const wrong = await users({ id: 'four' });
    expect([wrong.status, wrong.text]).toEqual([400, '']);
  });

  test('stand in the ledger once for each user, with the campaign’s id', async () => {
    const { tenant } = await filled();
    tenant.addCampaign({ id: 'one' }, [{ email: 'z@one' }]);
    expect(tenant.events('AwarenessUserData').map(({ event }) => event)).toEqual([
      { email: 'z@one', campaignId: 'one' },
      { email: 'a@two', campaignId: 'two' },
      { email: 'b@two', campaignId: 'two' },
      { email: 'a@three', campaignId: 'three' },
      { email: 'b@three', campaignId: 'three' },
    ]);
  });
});
