import { hexIdOf, type Random } from '../plain/random.ts';
import type { FileFacts } from '../plain/shapes/gateway-files.ts';

const mimes = {
  pdf: 'application/pdf',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xlsm: 'application/vnd.ms-excel.sheet.macroenabled.12',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  png: 'image/png',
  iso: 'application/x-iso9660-image',
  dll: 'application/x-msdownload',
} as const;

/** A file of that name; the same name and content have the same digests. */
export function fileOf(
  name: string,
  { bytes, content }: { readonly bytes: number; readonly content: string },
): FileFacts {
  const extension = Object.keys(mimes).find((known) => name.endsWith(`.${known}`)) ?? '';
  const mime = Object.entries(mimes).find(([known]) => known === extension)?.[1] ?? 'application/octet-stream';
  const [md5, sha1, sha256] = [32, 40, 64].map((digits) => hexIdOf(`${digits} ${content}`).slice(0, digits));
  return { name, extension, mime, bytes, md5: md5 ?? '', sha1: sha1 ?? '', sha256: sha256 ?? '' };
}

const names = [
  'offer.pdf',
  'invoice.pdf',
  'minutes.docx',
  'figures.xlsx',
  'plan.xlsm',
  'contract.pdf',
  'photos.zip',
  'slides.pptx',
  'drawing.png',
  'so-called "FINAL" draft.doc',
  '请求.docx',
];

/** Any file of everyday business. */
export function anyFile(random: Random, label: string): FileFacts {
  return fileOf(random.pick(names), { bytes: 2000 + Math.floor(random.next() ** 3 * 3_000_000), content: label });
}
