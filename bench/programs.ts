import { join } from 'node:path';
import { build as bundle } from 'esbuild';

/** The programs of the bench by their paths, each run in processes of its own. */
export interface Programs {
  readonly floor: string;
  readonly servers: string;
  readonly product: string;
  readonly startUp: string;
}

const here = import.meta.dirname;

/** Makes the programs ready to run. Those that load the product are plain JavaScript: Node's taking away of types takes memory. */
export async function preparePrograms(folder: string): Promise<Programs> {
  await bundle({
    entryPoints: [join(here, 'product.ts'), join(here, 'start-up.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    logLevel: 'warning',
  });
  return {
    floor: join(here, 'floor.ts'),
    servers: join(here, 'servers.ts'),
    product: join(folder, 'product.mjs'),
    startUp: join(folder, 'start-up.mjs'),
  };
}
