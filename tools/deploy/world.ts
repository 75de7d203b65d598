import type { Clock } from '../../functions/collect/ports.ts';
import type { Az } from '../azure-cli/az.ts';
import type { ResourceManager } from '../azure-cli/resource-manager.ts';
import type { Terminal } from './terminal.ts';

/** What a program of this folder works with; all of it is passed in. */
export interface World {
  readonly az: Az;
  readonly arm: ResourceManager;
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Builds the app into a folder. */
  readonly build: (folder: string) => Promise<void>;
  /** Keeps a text in a new file of the folder the person is in. @returns its name */
  readonly keep: (name: string, text: string) => Promise<string>;
}
