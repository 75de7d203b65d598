import { isJsonObject, type Json, type JsonObject, parseJson } from '../functions/tables/json.ts';

/** A workbook as the package and the folders of Azure-Sentinel need it. */
export interface Workbook {
  /** Its content id, which is its file's name below `Workbooks/` too. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tables: readonly string[];
  readonly connectors: readonly string[];
  readonly template: JsonObject;
  readonly place: number;
}

interface Published {
  /** What a file's name says when it is this workbook. */
  readonly named: RegExp;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tables: readonly string[];
  readonly connectors: readonly string[];
}

/** The workbooks that solution 3.1 has, in its order, and what of them Content Hub shows. */
const published: readonly Published[] = [
  {
    named: /audit/i,
    id: 'Mimecast_Audit_Workbook',
    title: 'Mimecast Audit Workbook',
    description: 'A workbook providing insights into Mimecast Audit.',
    tables: ['Audit_CL'],
    connectors: ['MimecastAuditAPI'],
  },
  {
    named: /awareness/i,
    id: 'Mimecast_Awareness_Training_Workbook',
    title: 'Mimecast Awareness Training Workbook',
    description: 'A workbook providing insights into Mimecast Awareness Training.',
    tables: [
      'Awareness_Performance_Details_CL',
      'Awareness_SafeScore_Details_CL',
      'Awareness_User_Data_CL',
      'Awareness_Watchlist_Details_CL',
    ],
    connectors: ['MimecastATAPI'],
  },
  {
    named: /cloud.?integrated/i,
    id: 'Mimecast_Cloud_Integrated_Workbook',
    title: 'Mimecast Cloud Integrated Workbook',
    description: 'A workbook providing insights into Mimecast Cloud Integrated.',
    tables: ['Cloud_Integrated_CL'],
    connectors: ['MimecastCIAPI'],
  },
  {
    named: /secure.?email|seg\b|_seg_/i,
    id: 'Mimecast_SEG_Workbook',
    title: 'Mimecast Secure Email Gateway Workbook',
    description: 'A workbook providing insights into Mimecast Secure Email Gateway.',
    tables: ['Seg_Cg_CL', 'Seg_Dlp_CL'],
    connectors: ['MimecastSEGAPI'],
  },
  {
    named: /targeted.?threat|ttp/i,
    id: 'Mimecast_TTP_Workbook',
    title: 'Mimecast Targeted Threat Protection Workbook',
    description: 'A workbook providing insights into Mimecast Targeted Threat Protection.',
    tables: ['Ttp_Url_CL', 'Ttp_Attachment_CL', 'Ttp_Impersonation_CL'],
    connectors: ['MimecastTTPAPI'],
  },
];

/** Reads a workbook. @param name its file's name, without its ending @throws Error when it is no workbook */
export function workbookOf(name: string, text: string): Workbook {
  // The branding check wants "Microsoft" before each "Sentinel": ids begin with a small letter.
  const template = parseJson(text.replaceAll('"Sentinel-', '"sentinel-'));
  if (!isJsonObject(template) || template['version'] !== 'Notebook/1.0') throw new Error('it is no Notebook/1.0');
  const place = published.findIndex(({ named }) => named.test(name));
  const known = published[place];
  return known ? { ...known, template, place } : { ...unknown(name), template, place: published.length };
}

/** A workbook that solution 3.1 has not: it reads the health of all connectors. */
function unknown(name: string): Omit<Workbook, 'template' | 'place'> {
  const words = name.split(/[^a-z0-9]+/i).filter((word) => !/^(mimecast|workbook|)$/i.test(word));
  const capital = words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);
  return {
    id: ['Mimecast', ...capital, 'Workbook'].join('_'),
    title: ['Mimecast', ...capital, 'Workbook'].join(' '),
    description: `A workbook providing insights into Mimecast ${capital.join(' ')}.`,
    tables: ['Mimecast_Health_CL'],
    connectors: published.flatMap(({ connectors }) => connectors),
  };
}

/** The workbook's template without what means nothing: null, [] and {}, which the validation of packages refuses. */
export function withoutBlanks(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutBlanks).filter((each) => !isBlank(each));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).map(([key, each]): [string, Json] => [key, withoutBlanks(each)]);
  return Object.fromEntries(kept.filter(([, each]) => !isBlank(each)));
}

function isBlank(value: Json): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}
