import https from 'node:https';
import { describe, expect, test } from 'vitest';
import { createCertificate } from '../../../local/azure/certificate.ts';
import { defaultClientId, defaultClientSecret } from '../../../local/mimecast/tenant.ts';
import { askForToken, asking, at, list, post, stage, tokenOf } from './client.ts';

describe('the token endpoint', () => {
  test('gives a token of 28 characters that lives 1799 seconds', async () => {
    const { tenant } = await stage();
    const { status, json } = await askForToken(tenant, defaultClientId, defaultClientSecret);
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[A-Za-z0-9]{28}$/),
      token_type: 'Bearer',
      expires_in: 1799,
      scope: '',
    });
  });

  test('refuses wrong credentials', async () => {
    const { tenant } = await stage();
    const answer = await askForToken(tenant, tenant.clientId, 'wrong');
    expect(answer.status).toBe(401);
    expect(at(answer.json, 'fail', 0)).toEqual({
      code: 'InvalidClientIdentifier',
      message: 'Client credentials are invalid',
    });
  });

  test('wants a form with a grant type', async () => {
    const { tenant } = await stage();
    const answer = await post(tenant, 'none', '/oauth/token', { client_id: tenant.clientId });
    expect(answer.status).toBe(400);
  });

  test('takes only the new credentials once they have been rotated, and ends the old tokens', async () => {
    const { tenant } = await stage();
    const { clientId, clientSecret } = tenant;
    const token = await tokenOf(tenant);
    tenant.rotate('new-id', 'new-secret');
    expect((await askForToken(tenant, clientId, clientSecret)).status).toBe(401);
    expect(tenant.clientId).toBe('new-id');
    expect((await askForToken(tenant)).status).toBe(200);
    expect((await list(tenant, token, {})).status).toBe(401);
  });
});

describe('a token', () => {
  test('is needed by every endpoint', async () => {
    const { tenant } = await stage();
    const answer = await list(tenant, 'unknown', {});
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({ fail: [{ code: 'unauthorized' }] });
    expect((await post(tenant, 'unknown', '/api/dlp/get-logs', {})).status).toBe(401);
  });

  test('ends by the clock, while a younger one is still good', async () => {
    const { tenant, clock } = await stage();
    const old = await tokenOf(tenant);
    clock.time += 1_000_000;
    const young = await tokenOf(tenant);
    clock.time += 799_000 - 1;
    expect((await list(tenant, old, {})).status).toBe(200);
    clock.time += 1;
    const answer = await list(tenant, old, {});
    expect(answer.status).toBe(401);
    expect(at(answer.json, 'fail', 0)).toEqual({ code: 'token_expired', message: 'Access Token Expired' });
    expect((await list(tenant, young, {})).status).toBe(200);
  });
});

describe('the gateway', () => {
  test('forbids the endpoints of a product that is not assigned, and those alone', async () => {
    const { tenant } = await stage();
    const token = await tokenOf(tenant);
    tenant.unlicense('securityevents');
    const answer = await post(tenant, token, '/api/ttp/url/get-logs', asking({}));
    expect(answer.status).toBe(403);
    expect(at(answer.json, 'fail', 0, 'code')).toBe('app_forbidden');
    expect((await list(tenant, token, {})).status).toBe(200);
    tenant.license('securityevents');
    expect((await post(tenant, token, '/api/ttp/url/get-logs', asking({}))).status).toBe(200);
  });

  test('forbids a path it does not know, and refuses another verb', async () => {
    const { tenant } = await stage();
    const token = await tokenOf(tenant);
    expect((await post(tenant, token, '/api/audit/get-siem-logs', {})).status).toBe(403);
    expect((await post(tenant, token, '/siem/v1/batch/events/cg', {})).status).toBe(405);
  });

  test('counts every request, refused ones too', async () => {
    const { tenant } = await stage();
    await list(tenant, 'unknown', {});
    await list(tenant, await tokenOf(tenant), {});
    expect(tenant.requests).toMatchObject({ token: 1, cgBatch: 2, ciBatch: 0 });
  });
});

test('a tenant with a certificate speaks https under the names it is given', async () => {
  const tls = await createCertificate(['api.example.com', 'files.example.com']);
  const { tenant } = await stage({ tls, apiName: 'api.example.com', filesName: 'files.example.com' });
  expect(tenant.origin).toMatch(/^https:\/\/api\.example\.com:\d+$/);
  const { port } = new URL(tenant.origin);
  const options = { host: '127.0.0.1', port, servername: 'api.example.com', ca: tls.cert, path: '/oauth/token' };
  const status = await new Promise((resolve, reject) => {
    https.get(options, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
  expect(status).toBe(405);
});

test('an ended tenant leaves no socket open', async () => {
  const { tenant } = await stage();
  tenant.trouble({ at: 'token', kind: 'hang' });
  const hanging = askForToken(tenant).catch((error: unknown) => error);
  while (tenant.requests.token === 0) await new Promise(setImmediate);
  await tenant.close();
  expect(await hanging).toBeInstanceOf(TypeError);
});
