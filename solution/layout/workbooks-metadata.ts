import { contentVersion, solutionName } from '../identity.ts';
import type { Workbook } from '../workbook.ts';

/** The entries of `Workbooks/WorkbooksMetadata.json`, which name what a workbook needs. */
export function workbooksMetadata(workbooks: readonly Workbook[]): readonly object[] {
  return workbooks.map(({ id, title, description, tables, connectors }) => ({
    workbookKey: id,
    logoFileName: 'MimecastConnector.svg',
    description,
    dataTypesDependencies: tables,
    dataConnectorsDependencies: connectors,
    previewImagesFileNames: [],
    version: contentVersion,
    title,
    templateRelativePath: `${id}.json`,
    subtitle: '',
    provider: solutionName,
  }));
}
