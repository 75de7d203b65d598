import { parseArgs } from 'node:util';
import { AzureCliCredential } from '@azure/identity';
import { checkpointTable } from '../functions/azure/checkpoint-table.ts';
import { tableCheckpoints } from '../functions/azure/checkpoints.ts';
import { cached } from '../functions/azure/credential.ts';
import { systemClock } from '../functions/clock.ts';
import type { Checkpoints } from '../functions/collect/ports.ts';
import { readCheckpointSettings } from '../functions/settings.ts';
import type { AppSettings } from './deploy/app.ts';
import { processWorld } from './deploy/process-world.ts';
import { runProgram, showsHelp } from './deploy/program.ts';
import { readNames } from './deploy/request.ts';
import { upgrade } from './upgrade/upgrade.ts';

const options = {
  'resource-group': { type: 'string' },
  workspace: { type: 'string' },
  'workspace-resource-group': { type: 'string' },
  name: { type: 'string' },
  'old-resource-group': { type: 'string', multiple: true },
  'what-if': { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

/** The checkpoints of an app, opened as the user of `az login`. */
function checkpointsOf(settings: AppSettings): Checkpoints {
  const { checkpoints, account } = readCheckpointSettings(settings);
  const client = checkpointTable(checkpoints, cached(new AzureCliCredential(), systemClock));
  return tableCheckpoints({ client, account, clock: systemClock, random: Math.random });
}

await runProgram(async () => {
  if (showsHelp('upgrade', options, 'docs/upgrade.md')) return true;
  const { values } = parseArgs({ options });
  const { name = 'mimecast', 'old-resource-group': oldGroups = [], 'what-if': onlyWhatIf = false } = values;
  const world = { ...processWorld(values.yes ?? false), checkpointsOf };
  await upgrade({ names: readNames(values), name, oldGroups, onlyWhatIf }, world);
  return true;
});
