import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const script = fileURLToPath(new URL('../web/main.ts', import.meta.url));
const stylesheet = fileURLToPath(new URL('../web/style/page.css', import.meta.url));
const page = new URL('../web/index.html', import.meta.url);

/** The page, its one script and its one stylesheet, by path; bundled in memory. */
export async function bundlePage(): Promise<ReadonlyMap<string, PageFile>> {
  const [html, { outputFiles }] = await Promise.all([
    readFile(page),
    build({
      entryPoints: { page: script, style: stylesheet },
      outdir: '/',
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2023',
      legalComments: 'none',
      logLevel: 'warning',
      write: false,
    }),
  ]);
  const bytesOf = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.contents ?? new Uint8Array();
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', bytes: html }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', bytes: bytesOf('page.js') }],
    ['/style.css', { type: 'text/css; charset=utf-8', bytes: bytesOf('style.css') }],
  ]);
}
