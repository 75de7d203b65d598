import { writeFile } from 'node:fs/promises';
import { systemClock } from '../../functions/clock.ts';
import { build } from '../build.ts';
import { azureCli } from '../azure-cli/az.ts';
import { resourceManager } from '../azure-cli/resource-manager.ts';
import { processTerminal } from './terminal.ts';
import type { World } from './world.ts';

/** The world as it is. @param answersYes whether `--yes` was given */
export function processWorld(answersYes: boolean): World {
  const az = azureCli(process.env);
  return {
    az,
    arm: resourceManager(az),
    terminal: processTerminal(answersYes),
    clock: systemClock,
    signal: new AbortController().signal,
    build,
    async keep(name, text) {
      await writeFile(name, text, { mode: 0o600, flag: 'wx' });
      return name;
    },
  };
}
