import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { azureCli } from '../../../tools/azure-cli/az.ts';
import { isMissing, resourceManager } from '../../../tools/azure-cli/resource-manager.ts';
import { withFile } from '../../../tools/azure-cli/secret-file.ts';
import { describe } from '../stand-in/describe.ts';
import { standIn } from '../stand-in/scenario.ts';

const item = z.object({ name: z.string() });

describe('az', () => {
  test('is run with an argument list and answers with JSON', async () => {
    const { environment, calls } = standIn({ 'group show': { json: { name: 'a group' } }, logout: {} });
    const az = azureCli(environment);
    expect(await az('group show', { name: 'a; rm -rf $(b)', tags: ['x', 'y z'], verbose: true })).toEqual({
      name: 'a group',
    });
    expect(await az('logout')).toBeUndefined();
    expect(calls()[0]?.args).toEqual([
      'group',
      'show',
      '--name',
      'a; rm -rf $(b)',
      '--tags',
      'x',
      'y z',
      '--verbose',
      '--output',
      'json',
      '--only-show-errors',
    ]);
  });

  test.each([
    [
      '(AuthorizationFailed) The client may not.',
      'AuthorizationFailed',
      /az group show failed: \(AuthorizationFailed\) The client may not/,
    ],
    ['Not Found({"error":{"code": "ResourceNotFound","message":"gone"}})', 'ResourceNotFound', /gone/],
    ["Please run 'az login' to setup account.", 'NotSignedIn', /Sign in with: az login/],
    ['something else', 'Failed', /something else/],
    ['bad https://a.blob.core.windows.net/b?sig=topsecret&x=1', 'Failed', /^(?!.*topsecret)/],
  ])('that fails with %j says so without secrets', async (error, code, message) => {
    const az = azureCli(standIn({ 'group show': { error } }).environment);
    const failing = az('group show', { name: 'mail' });
    await expect(failing).rejects.toMatchObject({ name: 'AzError', code });
    await expect(failing).rejects.toThrow(message);
  });

  test('inherits the environment, save the Mimecast secret', async () => {
    const { environment, calls } = standIn({ logout: {} });
    await azureCli({ ...environment, MIMECAST_CLIENT_SECRET: 'x', AZURE_STORAGE_CONNECTION_STRING: 'y' })('logout');
    expect(calls()[0]).toMatchObject({ hasMimecastSecret: false, hasConnectionString: true });
  });

  test('that is not installed says where to get it, and keeps the cause', async () => {
    const failing = azureCli({ PATH: '/nowhere' })('account show');
    await expect(failing).rejects.toThrow('Install it (https://aka.ms/azure-cli)');
    await expect(failing).rejects.toMatchObject({ code: 'AzNotFound', cause: { code: 'ENOENT' } });
  });
});

describe('the resource manager', () => {
  test('follows a list to its last page', async () => {
    const next = { value: [{ name: 'b' }] };
    const { environment } = standIn({
      'rest GET /things': { json: { value: [{ name: 'a' }], nextLink: 'https://management.azure.com/more?page=2' } },
      'rest GET https://management.azure.com/more': { json: next },
    });
    expect(await resourceManager(azureCli(environment)).list('/things', '1', item)).toEqual([
      { name: 'a' },
      { name: 'b' },
    ]);
  });

  test('tells what is missing from what fails', async () => {
    const { environment } = standIn({
      'rest GET /gone': { error: 'Not Found({"error":{"code":"ResourceNotFound"}})' },
      'rest GET /closed': { error: 'Forbidden({"error":{"code":"AuthorizationFailed"}})' },
      'rest DELETE /gone': { error: 'Not Found({"error":{"code":"ResourceNotFound"}})' },
    });
    const arm = resourceManager(azureCli(environment));
    expect(await arm.find('/gone', '1', item)).toBeUndefined();
    expect(await arm.list('/gone', '1', item)).toEqual([]);
    await expect(arm.remove('/gone', '1')).resolves.toBeUndefined();
    await expect(arm.find('/closed', '1', item)).rejects.toSatisfy((error) => !isMissing(error));
  });

  test('lends a body as a file of its owner alone, and removes it', async () => {
    const { environment, calls } = standIn({ 'rest PUT /thing': {} });
    await resourceManager(azureCli(environment)).put('/thing', '1', { secret: 'a-secret' });
    const [call] = calls();
    expect(call?.lent).toEqual({ mode: '600', text: '{"secret":"a-secret"}' });
    expect(call?.args.join(' ')).not.toContain('a-secret');
    expect(existsSync(call?.args.find((arg) => arg.startsWith('@'))?.slice(1) ?? '/')).toBe(false);
  });

  test('removes a lent file also when its use fails', async () => {
    let lent = '';
    const failing = withFile('x', 'y', async (path) => {
      lent = path;
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(existsSync(lent)).toBe(false);
  });
});
