import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { allChecks } from './checks/all-checks.ts';
import { readContent } from './content.ts';
import { type Options, readOptions } from './options.ts';
import { type PackageFiles, packageFiles, solutionFolder } from './package-files.ts';

const root = resolve(import.meta.dirname, '..');

/** Builds the package of the project's content and writes it into a folder that is emptied before; a relative one stands in the project. */
export function buildPackage(options: Options): PackageFiles {
  const files = new Map(packageFiles(readContent(root), options));
  const { templateFile } = options;
  if (templateFile !== undefined)
    files.set(
      `${solutionFolder}/Data Connectors/azuredeploy_Connector_Mimecast_AzureFunction.json`,
      readFileSync(resolve(templateFile)),
    );
  const target = resolve(root, options.outDir);
  rmSync(target, { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
  return files;
}

if (import.meta.main) {
  const options = readOptions(process.argv.slice(2));
  const files = buildPackage(options);
  const faults = Object.entries(allChecks).flatMap(([name, check]) => check(files).map((fault) => `${name}: ${fault}`));
  for (const fault of faults) console.error(fault);
  console.log(`${files.size} files in ${options.outDir}, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}
