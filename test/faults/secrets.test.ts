import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feeds } from '../../functions/feeds/index.ts';
import { fillPlainTenant } from '../../local/mimecast/fill-plain-tenant.ts';
import type { Endpoint } from '../../local/mimecast/endpoints.ts';
import { fire } from './fire.ts';
import { addFreshEvents } from './fresh-events.ts';
import { leaks } from './leaks.ts';
import type { Seen } from './requests.ts';
import { type SeenSecrets, seeSecrets } from './seen-secrets.ts';
import { type Simulation, startSimulation } from './simulation.ts';

/** Something that goes wrong in a run, or the settings it is made to go wrong with. */
interface Step {
  readonly what: string;
  readonly arrange?: (simulation: Simulation) => void;
  readonly settings?: (simulation: Simulation) => Readonly<Record<string, string>>;
  /** Where something has to come about before the deadline; default 2. */
  readonly budgetSeconds?: number;
}

const lists: readonly Endpoint[] = [
  'cgBatch',
  'ciBatch',
  'audit',
  'dlp',
  'ttpUrl',
  'ttpAttachment',
  'ttpImpersonation',
];
const clientId = 'Qx7c1ientN2vW9';
const clientSecret = 'k3Y+vT/8sEcRetZ0pLm4Jd6Hq1Xw2Bn5Gf7Ra9Uo=';
const brokenKey = 'bm90LWEta2V5LWJ1dC1zZWNyZXQtYWxsLXRoZS1zYW1l';

const steps: readonly Step[] = [
  { what: 'nothing' },
  {
    what: 'no link is good',
    budgetSeconds: 20,
    arrange: ({ tenant }) => tenant.trouble({ at: 'files', kind: 'linkExpired', times: 999 }),
  },
  {
    what: 'tokens and links end early, replies are broken',
    arrange({ tenant, ingestion, checkpoints }) {
      for (const at of lists) tenant.trouble({ at, kind: 'tokenExpired' });
      tenant.trouble({ at: 'files', kind: 'linkExpired', times: 4 });
      tenant.trouble({ at: 'files', kind: 'corruptGzip', after: 4, times: 2 });
      tenant.trouble({ at: 'files', kind: 'resetMidway', after: 6 });
      tenant.trouble({ at: 'ttpUrl', kind: 'html', after: 1, times: 9 });
      tenant.trouble({ at: 'ttpAttachment', kind: 'redirect', after: 1, times: 9 });
      tenant.trouble({ at: 'dlp', kind: 'resetBefore', after: 1, times: 9 });
      tenant.trouble({ at: 'performance', kind: 'cutJson', times: 9 });
      ingestion.trouble({ kind: 'unauthorized', table: 'Audit_CL', times: 1 });
      ingestion.trouble({ kind: 'forbidden', table: 'Ttp_Impersonation_CL' });
      ingestion.trouble({ kind: 'tooLarge', table: 'Cloud_Integrated_CL' });
      checkpoints.trouble({ kind: 'status503', entity: 'SegDlp', writes: true, times: 2 });
    },
  },
  {
    what: 'echoCredentials',
    arrange: ({ tenant }) => tenant.trouble({ at: 'token', kind: 'echoCredentials', times: 99 }),
  },
  {
    what: 'badCredentials',
    arrange: ({ tenant }) => tenant.trouble({ at: 'token', kind: 'badCredentials', times: 99 }),
  },
  {
    what: 'every token refused',
    arrange: ({ tenant }) => lists.forEach((at) => tenant.trouble({ at, kind: 'unauthorized', times: 99 })),
  },
  { what: 'the vault refuses', arrange: ({ vault }) => vault.trouble({ kind: 'forbidden' }) },
  { what: 'the vault is down', arrange: ({ vault }) => vault.trouble({ kind: 'resetBefore' }) },
  { what: 'the identity refuses', arrange: ({ identity }) => identity.trouble({ kind: 'forbidden' }) },
  { what: 'Logs Ingestion refuses tokens', arrange: ({ ingestion }) => ingestion.trouble({ kind: 'unauthorized' }) },
  { what: 'Logs Ingestion refuses the identity', arrange: ({ ingestion }) => ingestion.trouble({ kind: 'forbidden' }) },
  { what: 'tables answer 503', arrange: ({ checkpoints }) => checkpoints.trouble({ kind: 'status503' }) },
  { what: 'tables refuse tokens', arrange: ({ checkpoints }) => checkpoints.trouble({ kind: 'unauthorized' }) },
  { what: 'a key', settings: ({ checkpoints }) => ({ CHECKPOINT_STORAGE: checkpoints.connectionString }) },
  {
    what: 'a key that is refused',
    arrange: ({ checkpoints }) => checkpoints.trouble({ kind: 'forbidden' }),
    settings: ({ checkpoints }) => ({ CHECKPOINT_STORAGE: checkpoints.connectionString }),
  },
  {
    what: 'secrets in settings that are wrong',
    settings: () => ({
      CHECKPOINT_STORAGE: `AccountKey=${brokenKey};AccountName`,
      KEY_VAULT_URL: `https://user:${brokenKey}@vault.example.com`,
      LOGS_INGESTION: `[{"endpoint":"https://user:${brokenKey}@a.example.com","rule":"x","tables":[]}]`,
    }),
  },
];

const modes = [
  { said: 'logging as it is deployed', environment: {} },
  { said: 'with every log of every library on', environment: { DEBUG: '*', AZURE_LOG_LEVEL: 'verbose' } },
];

interface Gone {
  readonly simulation: Simulation;
  readonly secrets: SeenSecrets;
  readonly output: readonly string[];
  readonly sent: readonly string[];
}

/** Takes an app through all steps. */
async function goThrough(environment: Readonly<Record<string, string>>): Promise<Gone> {
  const simulation = await startSimulation({ pageCap: 40, clientId, clientSecret });
  const secrets = seeSecrets(simulation, [brokenKey]);
  const output: string[] = [];
  const sent: string[] = [];
  simulation.watch((seen) => void (seen.when === 'asked' && sent.push(...partsWithoutProof(seen))));
  fillPlainTenant(simulation.tenant, { seed: 1, now: simulation.now(), days: 1, perDay: 400 });
  for (const [index, step] of steps.entries()) {
    addFreshEvents(simulation.tenant, `secrets ${index}`, simulation.now());
    step.arrange?.(simulation);
    const budgetSeconds = String(step.budgetSeconds ?? 2);
    const settings = { RUN_BUDGET_SECONDS: budgetSeconds, ...step.settings?.(simulation), ...environment };
    output.push((await fire(simulation, settings)).output.join('\n'));
    simulation.tenant.calm();
    const { vault, identity, ingestion, checkpoints } = simulation;
    await Promise.all([vault, identity, ingestion, checkpoints].map((server) => server.calm()));
    simulation.advance(60_000);
  }
  return { simulation, secrets, output, sent };
}

describe('an app in trouble', () => {
  let gone: readonly Gone[];

  beforeAll(async () => {
    gone = await Promise.all(modes.map(({ environment }) => goThrough(environment)));
  }, 180_000);
  afterAll(async () => {
    for (const { simulation, secrets } of gone) {
      secrets.end();
      await simulation.close();
    }
  });
  const of = (index: number): Gone => {
    const found = gone[index];
    if (!found) throw new RangeError(`There is no mode ${index}.`);
    return found;
  };

  describe.for(modes.map((mode, index) => ({ ...mode, index })))('$said', ({ environment, index }) => {
    test('has secrets, and is in the trouble it means to be in', () => {
      const { simulation, secrets, output } = of(index);
      expect(secrets.count('tokens')).toBeGreaterThan(2 * steps.length);
      expect(secrets.count('links')).toBeGreaterThan(20);
      expect(secrets.count('identity')).toBe(modes.length);
      const faults = new Set(simulation.health().map((row) => row['Fault']));
      expect(faults).toEqual(new Set(['', 'denied', 'unavailable', 'expired', 'malformed']));
      expect(output.join('\n').includes('azure:')).toBe('AZURE_LOG_LEVEL' in environment);
    });

    test('prints no secret', () => {
      expect(leaks(of(index).output, of(index).secrets.all)).toEqual([]);
    });

    test('stores no secret, neither in tables nor in checkpoints', async () => {
      const { simulation, secrets } = of(index);
      const { store } = simulation.accepted;
      const rows = store.tables().flatMap((table) => [...store.rows(table)].map(({ row }) => JSON.stringify(row)));
      const entities = await Promise.all(
        feeds.map(async ({ name }) => JSON.stringify(await simulation.checkpoint(name))),
      );
      expect(rows.length).toBeGreaterThan(500);
      expect(leaks([...rows, ...entities], secrets.all)).toEqual([]);
    });

    test('sends a secret nowhere but where it proves who asks', () => {
      expect(leaks(of(index).sent, of(index).secrets.all)).toEqual([]);
    });
  });
});

/** What of a request is no place for a secret: everything but the header that proves who asks, and the query of a link. */
function partsWithoutProof({ at, url, headers }: Seen): readonly string[] {
  const { authorization: _, 'x-identity-header': __, ...rest } = headers;
  return [at === 'files' ? (url.split('?')[0] ?? '') : url, JSON.stringify(rest)];
}

describe('the search', () => {
  const secret = 'abcdefghijklmnopqrstuvwxyz0123456789+/';
  test.for([
    ['a secret', `x ${secret} y`],
    ['a part of one', `token ${secret.slice(3, 34)}`],
    ['one in a URL', `?sig=${encodeURIComponent(secret)}&x`],
    ['one in base64', `Basic ${Buffer.from(secret).toString('base64')}`],
    ['a short one', '{"client_id":"id-1"}'],
  ] as const)('finds %s', ([, text]) => {
    expect(leaks(['nothing here', text], [secret, 'id-1'])).not.toEqual([]);
  });

  test('finds nothing in what shares a few characters with a secret', () => {
    expect(leaks([`${secret.slice(0, 15)} ${secret.slice(20, 34)} id-2`], [secret, 'id-1'])).toEqual([]);
  });
});
