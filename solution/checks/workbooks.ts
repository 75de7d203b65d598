import { z } from 'zod';
import { parseJson } from '../../functions/tables/json.ts';
import { workbooksMetadataFile } from '../package-files.ts';
import { type Check, faultsAt, textFiles } from './check.ts';

/** Azure-Sentinel's check `workbook-template`: a template is nobody's own workbook and names no resource. */
export const workbookTemplates: Check = (files) =>
  textFiles(files, /\/Workbooks\/.*\.json$/).flatMap(([path, text]) => {
    const wrong = {
      'fromTemplateId is that of any user’s workbook': /"fromTemplateId":\s*"sentinel-UserWorkbook"/.test(text),
      'it has no fromTemplateId': !text.includes('"fromTemplateId"'),
      'it names a subscription or resource': /\/subscriptions\/[0-9a-f-]{36}|\/resourceGroups\/[\w-]+\//i.test(text),
    };
    return faultsAt(path, wrong);
  });

// https://github.com/Azure/Azure-Sentinel/blob/master/.script/utils/WorkbooksMetadataSchema.json
const metadata = z.array(
  z.strictObject({
    workbookKey: z.string().min(1),
    logoFileName: z.string(),
    description: z.string().min(1),
    dataTypesDependencies: z.array(z.string()),
    dataConnectorsDependencies: z.array(z.string()),
    previewImagesFileNames: z.array(z.string().regex(/(black|white)\d*\.png$/i)),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    title: z.string(),
    templateRelativePath: z.string(),
    subtitle: z.string(),
    provider: z.string(),
  }),
);

/** Azure-Sentinel's check `workbook-metadata`: every workbook once, with a logo that is there. */
export const workbookMetadata: Check = (files) =>
  textFiles(files, new RegExp(`^${workbooksMetadataFile}$`)).flatMap(([path, text]) => {
    const read = metadata.safeParse(parseJson(text));
    if (!read.success) return read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`);
    const keys = read.data.map(({ workbookKey }) => workbookKey);
    const described = read.data.map(({ templateRelativePath }) => templateRelativePath).toSorted();
    const there = textFiles(files, /\/Workbooks\/.*\.json$/).map(([file]) => file.replace(/^.*\//, ''));
    const wrong = {
      'two entries have one key': new Set(keys).size < keys.length,
      'it does not name the workbooks that are there': described.join() !== there.toSorted().join(),
      'a logo is not there': read.data.some(
        ({ logoFileName }) => textFiles(files, new RegExp(`/Logos/${logoFileName}$`)).length === 0,
      ),
    };
    return faultsAt(path, wrong);
  });
