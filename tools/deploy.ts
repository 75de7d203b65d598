import { parseArgs } from 'node:util';
import { systemClock } from '../functions/clock.ts';
import { azureCli } from './azure-cli/az.ts';
import { resourceManager } from './azure-cli/resource-manager.ts';
import { deploy } from './deploy/deploy.ts';
import { readRequest } from './deploy/request.ts';
import { showFailure } from './deploy/stop.ts';
import { processTerminal } from './deploy/terminal.ts';

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
  'what-if': { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

try {
  const { values } = parseArgs({ options });
  const az = azureCli(process.env);
  const world = {
    az,
    arm: resourceManager(az),
    terminal: processTerminal(values.yes ?? false),
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const isWell = await deploy(await readRequest(values, process.env), world);
  if (!isWell) process.exitCode = 1;
} catch (error) {
  showFailure(error);
}
