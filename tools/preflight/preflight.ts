import type { Secrets } from '../../functions/collect/ports.ts';
import { connectors } from '../../functions/connectors.ts';
import type { Http } from '../../functions/mimecast/http.ts';
import { withoutSlash } from '../../functions/settings/urls.ts';
import type { AppSettings } from '../deploy/app.ts';
import { findInstallation } from '../deploy/installation.ts';
import { type PlaceNames, findPlace } from '../deploy/place.ts';
import { missingProviders } from '../deploy/providers.ts';
import type { World } from '../deploy/world.ts';
import { checkInstallation, checkWorkspace } from './azure.ts';
import { type Finding, finding, lineOf } from './finding.ts';
import { checkMimecast } from './mimecast.ts';
import { type Reach, checkNetwork } from './network.ts';

/** What `npm run preflight` looks at. */
export interface PreflightRequest {
  readonly names: PlaceNames;
  readonly name: string;
  /** Where Mimecast is while no app says so. */
  readonly baseUrl: string;
}

/** The world, and the ways to Mimecast and to other hosts. */
export interface PreflightWorld extends World {
  readonly http: Http;
  /** The credentials that an app's settings name. */
  readonly secretsOf: (settings: AppSettings) => Secrets;
  readonly reach: Reach;
}

/** Checks everything that the connector needs, one line each with the fix. Changes nothing. @returns whether all is well */
export async function preflight(request: PreflightRequest, world: PreflightWorld): Promise<boolean> {
  const { az, arm, terminal, clock, http } = world;
  const place = await findPlace(request.names, az, arm);
  const installation = await findInstallation(place, world, request.name);
  const settings = installation?.settings ?? { MIMECAST_BASE_URL: request.baseUrl };
  const found: Finding[] = [];
  const show = async (what: string, check: () => Promise<readonly Finding[]>) => {
    const findings = await findingsOf(what, check);
    for (const each of findings) terminal.say(lineOf(each));
    found.push(...findings);
  };
  if (!installation) terminal.say('The connector is not deployed yet; what needs it is left out.');
  await show('resource providers', async () => [await providersFinding(place, arm)]);
  if (installation) await show('installation', () => checkInstallation(installation, world));
  await show('workspace', () => checkWorkspace(place, installation !== undefined, world));
  await show('network', () => checkNetwork(settings, world.reach));
  await show('Mimecast', () => {
    const baseUrl = settings['MIMECAST_BASE_URL'] || request.baseUrl;
    return checkMimecast(withoutSlash(baseUrl), feedsOn(settings), { http, secrets: world.secretsOf(settings), clock });
  });
  const wrong = found.filter((each) => each.wrong !== undefined).length;
  terminal.say(wrong === 0 ? 'All is well.' : `${wrong} of ${found.length} checks failed.`);
  return wrong === 0;
}

/** The findings of a group of checks; one that cannot be made is a finding too. */
async function findingsOf(what: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [{ what, wrong: error instanceof Error ? error.message : String(error) }];
  }
}

function providersFinding(place: Parameters<typeof missingProviders>[0], arm: World['arm']): Promise<Finding> {
  return finding('resource providers', async () => (await missingProviders(place, arm)).join(' ') || undefined);
}

function feedsOn(settings: AppSettings) {
  const on = settings['CONNECTORS']?.split(',').map((connector) => connector.trim());
  return connectors.filter(({ setting }) => !on || on.includes(setting)).flatMap(({ feeds }) => feeds);
}
