import type { Content } from './content.ts';
import { solutionName, solutionVersion } from './identity.ts';
import { jsonText } from './json-text.ts';
import { customTables } from './layout/custom-tables.ts';
import { solutionFiles } from './layout/solution-files.ts';
import { workbooksMetadata } from './layout/workbooks-metadata.ts';
import type { Options } from './options.ts';
import { mainTemplate } from './template/main-template.ts';
import { createUiDefinition } from './wizard/create-ui-definition.ts';
import { zip } from './zip.ts';

/** The files that a package consists of, by path: below `Azure-Sentinel/` as they stand in that repository. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

const repository = 'Azure-Sentinel';
/** Where the solution's folder is. */
export const solutionFolder = `${repository}/Solutions/${solutionName}`;
/** What is to be merged into the file of this name in `Workbooks/`, which holds the workbooks of all solutions. */
export const workbooksMetadataFile = 'WorkbooksMetadata.json';

/** Makes every file of the solution. The same content and options give the same bytes. @throws Error when content cannot be packed */
export function packageFiles(content: Content, options: Pick<Options, 'identity' | 'links'>): PackageFiles {
  const { identity, links } = options;
  const template = mainTemplate(content, identity, links);
  const main = bytes(jsonText(template));
  const wizard = bytes(jsonText(createUiDefinition(content)));
  const texts = [
    ...[...solutionFiles(content, identity, links)].map(([path, text]) => [`${solutionFolder}/${path}`, text] as const),
    [`${solutionFolder}/Package/testParameters.json`, jsonText(template['parameters'] ?? {})] as const,
    [`${repository}/Logos/MimecastConnector.svg`, content.logo] as const,
    [workbooksMetadataFile, jsonText(workbooksMetadata(content.workbooks))] as const,
    ...[...customTables()].map(([path, text]) => [`${repository}/${path}`, text] as const),
  ];
  return new Map([
    ...texts.map(([path, text]) => [path, bytes(text)] as const),
    [`${solutionFolder}/Package/mainTemplate.json`, main],
    [`${solutionFolder}/Package/createUiDefinition.json`, wizard],
    [
      `${solutionFolder}/Package/${solutionVersion}.zip`,
      zip(
        new Map([
          ['mainTemplate.json', main],
          ['createUiDefinition.json', wizard],
        ]),
      ),
    ],
  ]);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
