import * as z from 'zod';
import type { Az } from '../azure-cli/az.ts';
import type { Place } from './place.ts';
import { Stop } from './stop.ts';

interface Delta {
  readonly path?: string | undefined;
  readonly propertyChangeType?: string | undefined;
}

const delta: z.ZodType<Delta> = z.object({ path: z.string().optional(), propertyChangeType: z.string().optional() });
const change = z.object({
  changeType: z.string(),
  resourceId: z.string(),
  delta: z.array(delta).nullish(),
});
const changes = z.array(change).nullish();
const failure = z.object({ code: z.string().default(''), message: z.string().default('') }).nullish();
// az has shown the answer with and without its wrapper (assumed).
const result = z.object({ changes, error: failure, properties: z.object({ changes }).optional() });

const words: Readonly<Record<string, string>> = {
  Create: 'create',
  Deploy: 'write',
  Modify: 'change',
  Delete: 'delete',
  Unsupported: 'unknown',
};

/**
 * Asks Azure what a deployment would change; nothing is changed by it.
 * @returns a line for each resource; names of properties, never their values
 * @throws Stop when the workspace's own properties would be touched, or something deleted
 */
export async function whatIf(
  place: Place,
  template: { readonly file: string; readonly name: string; readonly parametersFile: string },
  az: Az,
): Promise<readonly string[]> {
  const answer = await az('deployment group what-if', {
    'resource-group': place.group.name,
    name: template.name,
    'template-file': template.file,
    parameters: `@${template.parametersFile}`,
    'no-pretty-print': true,
  });
  const read = result.parse(answer);
  if (read.error)
    throw new Stop(`Nothing was deployed. Azure refuses the template: ${read.error.code} ${read.error.message}`);
  const found = (read.changes ?? read.properties?.changes ?? []).filter(({ changeType }) => changeType in words);
  const isWorkspace = (id: string) => id.toLowerCase() === place.workspace.id.toLowerCase();
  const harm = found.filter(
    ({ changeType, resourceId }) =>
      changeType === 'Delete' || (isWorkspace(resourceId) && changeType !== 'Unsupported'),
  );
  if (harm.length > 0) {
    const names = harm.map(({ changeType, resourceId }) => `${words[changeType]} ${resourceId}`);
    throw new Stop(`Nothing was deployed. The deployment would do what it never may: ${names.join(', ')}`);
  }
  return found.map(({ changeType, resourceId, delta: parts }) => {
    const paths = (parts ?? []).flatMap(({ path }) => path ?? []);
    return `  ${(words[changeType] ?? '').padEnd(8)}${shortId(resourceId)}${paths.length > 0 ? ` (${paths.join(', ')})` : ''}`;
  });
}

function shortId(id: string): string {
  return id.replace(/^.*?\/providers\//i, '');
}
