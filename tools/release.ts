import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isJsonObject, type JsonObject, parseJson } from '../functions/tables/json.ts';
import packageJson from '../package.json' with { type: 'json' };
import { type DeployLinks, deployButtons } from '../solution/deploy-buttons.ts';
import { jsonText } from '../solution/json-text.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { build } from './build.ts';
import { buildPackage } from './deploy/package.ts';

/** What a release is made of. */
interface Release {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly tag: string;
  /** The compiled template of the connector. */
  readonly template: JsonObject;
}

const root = resolve(import.meta.dirname, '..');
const appFile = 'mimecast-connector.zip';

/** The compiled template, which fetches this release's app unless told otherwise. @throws Error when it has no parameter `packageUrl` */
export function releaseTemplate({ repository, tag, template }: Release): JsonObject {
  const parameters = template['parameters'];
  const packageUrl = isJsonObject(parameters) ? parameters['packageUrl'] : undefined;
  if (!isJsonObject(parameters) || !isJsonObject(packageUrl))
    throw new Error('The template has no parameter packageUrl.');
  const defaultValue = `https://github.com/${repository}/releases/download/${tag}/${appFile}`;
  return { ...template, parameters: { ...parameters, packageUrl: { ...packageUrl, defaultValue } } };
}

/** Where the buttons of a release lead. The portal may read raw files of a tag, but no files of a release. */
function deployLinks(repository: string, tag: string): DeployLinks {
  const folder = `https://raw.githubusercontent.com/${repository}/${tag}/deploy`;
  return { template: `${folder}/azuredeploy.json`, form: `${folder}/createUiDefinition.json` };
}

/** What a release says of itself: how to deploy it, and how to see that its files are the ones that were built. */
export function releaseNotes({ repository, tag }: Omit<Release, 'template'>, sha256: string): string {
  return [
    deployButtons(deployLinks(repository, tag)),
    '',
    'Deploy with the button only where no Mimecast tables are in the workspace yet: it cannot read them first,',
    'and it does not verify the app. The command does both: `npm run deploy`, in the sources of this tag.',
    '',
    `App: \`${appFile}\`, SHA-256 \`${sha256}\`. The command prints the same hash when it packs these sources.`,
    '',
    '```sh',
    `gh attestation verify ${appFile} --repo ${repository}`,
    'sha256sum --check SHA256SUMS',
    '```',
    '',
  ].join('\n');
}

/** Lines as `sha256sum` writes them. @param files by name */
export function checksums(files: ReadonlyMap<string, Uint8Array>): string {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`).join('');
}

/** Writes the files of a release into a folder: the app, its template, what it is made of, checksums and notes. */
export async function writeRelease(release: Release, outDir: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const app = await buildPackage(folder, build);
    const lock = parseJson(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const files = new Map([
      [appFile, app.bytes],
      ['azuredeploy.json', bytes(jsonText(releaseTemplate(release)))],
      ['createUiDefinition.json', new Uint8Array(readFileSync(join(root, 'bicep', 'createUiDefinition.json')))],
      [
        'sbom.cdx.json',
        bytes(jsonText(billOfMaterials(lock, { name: packageJson.name, version: packageJson.version }))),
      ],
    ]);
    mkdirSync(outDir, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(outDir, name), content);
    writeFileSync(join(outDir, 'SHA256SUMS'), checksums(files));
    writeFileSync(join(outDir, 'notes.md'), releaseNotes(release, app.sha256));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      repository: { type: 'string' },
      tag: { type: 'string' },
      template: { type: 'string' },
      out: { type: 'string', default: 'release' },
    },
  });
  const { repository, tag, template, out } = values;
  if (repository === undefined || tag === undefined || template === undefined)
    throw new Error(
      'Usage: npm run release -- --repository <owner/name> --tag <tag> --template <file> [--out <folder>]',
    );
  const compiled = parseJson(readFileSync(template, 'utf8'));
  if (!isJsonObject(compiled)) throw new Error(`${template} is no template.`);
  await writeRelease({ repository, tag, template: compiled }, resolve(out));
}
