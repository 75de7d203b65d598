import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build as bundle } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '..');

/** Writes all that is deployed, and nothing else, into a folder that is emptied before; a relative one stands in the repository. */
export async function build(outDir = 'dist'): Promise<void> {
  const target = resolve(root, outDir);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const { name, version } = packageJson;
  await Promise.all([
    copyFile(join(root, 'host.json'), join(target, 'host.json')),
    writeFile(join(target, 'package.json'), `${JSON.stringify({ name, version, main: 'index.cjs' }, null, 2)}\n`),
    bundleApp(target),
  ]);
}

async function bundleApp(outdir: string): Promise<void> {
  await bundle({
    entryPoints: ['index.ts', 'thread/cut-thread.ts'].map((entry) => join(root, 'functions', entry)),
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // Names stay, so that a stack trace in Application Insights can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    // The Functions worker injects this module when it loads the app.
    external: ['@azure/functions-core'],
    define: { 'import.meta.dirname': '__dirname' },
  });
}

if (import.meta.main) await build();
