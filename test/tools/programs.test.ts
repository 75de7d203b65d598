import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as azure from './stand-in/azure.ts';
import { describe } from './stand-in/describe.ts';
import { standIn } from './stand-in/scenario.ts';

const root = join(import.meta.dirname, '..', '..');

/** Runs a program as npm does. @returns its exit code and what it said */
async function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const options = { cwd: root, env: { ...environment, PATH: environment['PATH'] ?? '/usr/bin:/bin' } };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [`tools/${program}.ts`, ...args], options);
    return { code: 0, said: stdout };
  } catch (error) {
    if (!(error instanceof Error) || !('stderr' in error) || !('code' in error)) throw error;
    return { code: error.code, said: String(error.stderr) };
  }
}

describe.each([
  ['deploy', 'docs/install.md'],
  ['remove', 'docs/removal.md'],
  ['preflight', 'docs/troubleshooting.md'],
  ['upgrade', 'docs/upgrade.md'],
])('npm run %s', (program, page) => {
  test('names its options, and the page that explains them', async () => {
    const { code, said } = await run(program, ['--help']);
    expect(code).toBe(0);
    expect(said).toContain('--resource-group …');
    expect(said).toContain(page);
  });

  test('says what is missing, without a stack', async () => {
    const { code, said } = await run(program, []);
    expect(code).toBe(1);
    expect(said.trim()).toBe('--resource-group is missing: name the resource group of the connector.');
  });
});

describe('a program', () => {
  test('finds az on the PATH, and asks nobody where nobody is there', async () => {
    const { environment } = standIn({ ...azure.installed, 'deployment group what-if': { json: { changes: [] } } });
    const args = ['--resource-group', 'mail', '--workspace', 'sentinel', '--workspace-resource-group', 'siem'];
    expect(await run('deploy', [...args, '--what-if'], environment)).toEqual({
      code: 0,
      said: expect.stringContaining('Nothing was changed (--what-if).'),
    });
    const { code, said } = await run('deploy', args, environment);
    expect(code).toBe(1);
    expect(said).toContain('Nobody is there to answer "Deploy this?". Give the option instead, and --yes.');
  });
});
