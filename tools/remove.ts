import { parseArgs } from 'node:util';
import { processWorld } from './deploy/process-world.ts';
import { runProgram, showsHelp } from './deploy/program.ts';
import { remove } from './deploy/remove.ts';
import { readNames } from './deploy/request.ts';

const options = {
  'resource-group': { type: 'string' },
  workspace: { type: 'string' },
  'workspace-resource-group': { type: 'string' },
  name: { type: 'string' },
  data: { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

await runProgram(async () => {
  if (showsHelp('remove', options, 'docs/removal.md')) return true;
  const { values } = parseArgs({ options });
  const { name = 'mimecast', data: withData = false, yes: answersYes = false } = values;
  await remove({ names: readNames(values), name, withData, answersYes }, processWorld(answersYes));
  return true;
});
