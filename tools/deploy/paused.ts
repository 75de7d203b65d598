import { connectors } from '../../functions/connectors.ts';
import type { AppSettings } from './app.ts';

/** The setting with which Azure Functions keeps a connector's timer from firing. */
export function pauseSetting(connector: string): string {
  return `AzureWebJobs.${connector}.Disabled`;
}

/** The settings that keep every timer from firing. */
export function pausedSettings(): AppSettings {
  return Object.fromEntries(connectors.map(({ name }) => [pauseSetting(name), 'true'] as const));
}

/** The connectors whose timers do not fire. */
export function pausedConnectors(settings: AppSettings): readonly string[] {
  const isPaused = (name: string) => /^(true|1)$/i.test(settings[pauseSetting(name)] ?? '');
  return connectors.map(({ name }) => name).filter(isPaused);
}
