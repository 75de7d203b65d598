import { parseArgs } from 'node:util';
import { deploy } from './deploy/deploy.ts';
import { processWorld } from './deploy/process-world.ts';
import { runProgram, showsHelp } from './deploy/program.ts';
import { readRequest } from './deploy/request.ts';

const options = {
  'resource-group': { type: 'string' },
  workspace: { type: 'string' },
  'workspace-resource-group': { type: 'string' },
  name: { type: 'string' },
  location: { type: 'string' },
  'base-url': { type: 'string' },
  'client-id': { type: 'string' },
  account: { type: 'string' },
  connectors: { type: 'string' },
  'start-date': { type: 'string' },
  plan: { type: 'string' },
  content: { type: 'string' },
  'alert-receiver': { type: 'string' },
  parameters: { type: 'string' },
  package: { type: 'string' },
  'no-assign-roles': { type: 'boolean' },
  'disable-rules': { type: 'boolean' },
  paused: { type: 'boolean' },
  'migrate-tables': { type: 'boolean' },
  'replace-functions': { type: 'boolean' },
  'what-if': { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

await runProgram(async () => {
  if (showsHelp('deploy', options, 'docs/install.md')) return true;
  const { values } = parseArgs({ options });
  return deploy(await readRequest(values, process.env), processWorld(values.yes ?? false));
});
