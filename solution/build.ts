import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allChecks } from './checks/all-checks.ts';
import { readContent } from './content.ts';
import { type Options, readOptions } from './options.ts';
import { type PackageFiles, packageFiles, solutionFolder, workbooksMetadataFile } from './package-files.ts';

const root = resolve(import.meta.dirname, '..');
const declared = {
  publisher: { type: 'string' },
  offer: { type: 'string' },
  'support-link': { type: 'string' },
  'template-url': { type: 'string' },
  'form-url': { type: 'string' },
  template: { type: 'string' },
  app: { type: 'string' },
  out: { type: 'string' },
} as const;

/** Builds the package of the project's content and writes it in place of an earlier one; a relative folder stands in the project. */
export function buildPackage(options: Options): PackageFiles {
  const files = new Map(packageFiles(readContent(root), options));
  for (const [name, path] of [
    ['azuredeploy_Connector_Mimecast_AzureFunction.json', options.templateFile],
    ['MimecastConnector.zip', options.appFile],
  ] as const)
    if (path !== undefined) files.set(`${solutionFolder}/Data Connectors/${name}`, readFileSync(resolve(path)));
  const target = resolve(root, options.outDir);
  emptyOwn(target);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
  return files;
}

/** Removes an earlier package. @throws Error when something else is in the folder */
function emptyOwn(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  if (!existsSync(join(folder, workbooksMetadataFile)))
    throw new Error(`${folder} holds something else than a package.`);
  rmSync(folder, { recursive: true });
}

if (import.meta.main) {
  const options = readOptions(parseArgs({ options: declared }).values);
  const files = buildPackage(options);
  const faults = Object.entries(allChecks).flatMap(([name, check]) => check(files).map((fault) => `${name}: ${fault}`));
  for (const fault of faults) console.error(fault);
  console.log(`${files.size} files in ${options.outDir}, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}
