import { createHash } from 'node:crypto';
import { readParser } from '../local/sentinel/content/parser-file.ts';

/** A parameter of a parser, as the parser's YAML names its parts. */
export interface ParserParameter {
  readonly Name: string;
  readonly Type: string;
  readonly Default: string;
}

/** A parser as the package and the folders of Azure-Sentinel need it. */
export interface Parser {
  readonly name: string;
  /** The GUID of its YAML file. */
  readonly id: string;
  /** Its file below `Parsers/`. */
  readonly path: string;
  /** What its first comment says. */
  readonly description: string;
  readonly parameters: readonly ParserParameter[];
  /** Its body, without the line of parameters. */
  readonly query: string;
  readonly place: number;
}

/** Name, GUID and file of the parsers that solution 3.1 has, in its order. */
const published: readonly (readonly [name: string, id: string, path: string])[] = [
  [
    'AwarenessPerformanceDetails',
    'c6376b96-24ca-4113-932f-a069f1c62479',
    'MimecastAT/Mimecast_AT_Performane_Detail.yaml',
  ],
  ['AwarenessSafeScore', '06c97d41-652a-4ff0-9bf5-dca775126fff', 'MimecastAT/Mimecast_AT_Safe_Score.yaml'],
  ['AwarenessUserData', 'bf754aad-692b-46cd-b5b4-6f044bd105a4', 'MimecastAT/Mimecast_AT_User_Data.yaml'],
  ['AwarenessWatchlist', '7afbe4ec-9fa1-429d-9a25-6c3f0519330e', 'MimecastAT/Mimecast_AT_Watchlist.yaml'],
  ['MimecastAudit', '679b2b50-2611-4358-9686-5948587cbb47', 'MimecastAudit/Mimecast_Audit.yaml'],
  ['MimecastCloudIntegrated', 'c78aaea4-8a16-4e8b-9722-073e7181efd1', 'MimecastCI/Mimecast_Cloud_Integrated.yaml'],
  ['MimecastCG', '91267889-770d-451b-9ed8-d3ed260c48e3', 'MimecastSEG/Mimecast_SEG_CG.yaml'],
  ['MimecastDLP', '1cdd670a-dec9-4d15-97a1-75043a1e631a', 'MimecastSEG/Mimecast_SEG_DLP.yaml'],
  ['MimecastTTPAttachment', 'aea16729-fdd1-43aa-84bd-9127c0c53d03', 'MimecastTTP/Mimecast_TTP_Attachment.yaml'],
  ['MimecastTTPImpersonation', '50371940-df79-4db6-8bd9-267379ae0e31', 'MimecastTTP/Mimecast_TTP_Impersonation.yaml'],
  ['MimecastTTPUrl', '275bacf7-edef-4436-9e5c-beee419aeb1a', 'MimecastTTP/Mimecast_TTP_Url.yaml'],
];

/** Reads a parser. @throws Error when its first line names no parameters */
export function parserOf(name: string, text: string): Parser {
  const file = readParser(`${name}.kql`, text);
  if (!file) throw new Error('the first line is no `// params: (…)`');
  const place = published.findIndex(([known]) => known === name);
  const [, id = guidOf(name), path = `${name}.yaml`] = published[place] ?? [];
  const [description] = /(?<=^\/\/ ).+/.exec(file.body) ?? [`The parser ${name}.`];
  return {
    name,
    id,
    path,
    description,
    parameters: parametersOf(file.parameters),
    query: file.body,
    place: place < 0 ? published.length : place,
  };
}

/** `name:type=default, …` as the saved search takes it. */
export function functionParameters({ parameters }: Parser): string {
  return parameters.map(({ Name, Type, Default }) => `${Name}:${Type}=${Default}`).join(', ');
}

function parametersOf(text: string): readonly ParserParameter[] {
  // A comma inside brackets belongs to a default.
  const parts = text.slice(1, -1).split(/,\s*(?![^([]*[)\]])/);
  return parts.flatMap((part) => {
    const [, Name, Type, Default] = /^\s*(\w+)\s*:\s*(\w+)\s*=\s*(.+?)\s*$/.exec(part) ?? [];
    if (part.trim() === '') return [];
    if (Name === undefined || Type === undefined || Default === undefined)
      throw new Error(`the parameter "${part}" has no type or no default`);
    return [{ Name, Type, Default }];
  });
}

/** A GUID that stays the same for a name, in the form of version 5. */
function guidOf(name: string): string {
  const hex = createHash('sha256').update(`parser ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
