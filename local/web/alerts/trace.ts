/** Something that can be followed through the tables. */
export interface Traced {
  readonly kind: 'address' | 'ip' | 'hash' | 'url' | 'message';
  readonly value: string;
}

const messageId = /^<?[^\s<>@]+@[^\s<>@]+>$/;
const address = /^[^\s<>@,;'"]+@[^\s<>@,;'"]+\.[a-z0-9-]+$/i;
const ip = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:.]+)$/i;
const hash = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** What a text is, if it is something that can be traced. */
export function tracedText(text: string): Traced | undefined {
  if (/^https?:\/\/\S+$/i.test(text)) return { kind: 'url', value: text };
  if (messageId.test(text)) return { kind: 'message', value: text };
  if (address.test(text)) return { kind: 'address', value: text };
  if (ip.test(text)) return { kind: 'ip', value: text };
  return hash.test(text) ? { kind: 'hash', value: text } : undefined;
}

/** What of an entity can be traced: a text a line, and the account that `Name` and `UPNSuffix` make. */
export function tracedEntity(identifiers: Readonly<Record<string, string>>): readonly Traced[] {
  const { Name: name = '', UPNSuffix: suffix = '', ...others } = identifiers;
  const account = suffix === '' ? name : `${name}@${suffix}`;
  return [account, ...Object.values(others)].flatMap((text) => tracedText(text) ?? []);
}

/** Where a value may stand, by parser: a condition over `wanted`. */
const places: Readonly<Record<Traced['kind'], readonly (readonly [parser: keyof typeof shown, condition: string])[]>> =
  {
    address: [
      ['MimecastCG', `['Sender Envelope'] =~ wanted or Recipients has wanted`],
      ['MimecastTTPUrl', `['User Email Address'] =~ wanted or ['From User Email Address'] =~ wanted`],
      ['MimecastTTPAttachment', `['Sender Address'] =~ wanted or ['Recipient Address'] =~ wanted`],
      ['MimecastTTPImpersonation', `['Sender Address'] =~ wanted or ['Recipient Address'] =~ wanted`],
      ['MimecastDLP', `['Sender Address'] =~ wanted or ['Recipient Address'] =~ wanted`],
      ['MimecastAudit', `User =~ wanted or ['Event Info'] has wanted`],
    ],
    ip: [
      ['MimecastCG', `['Sender IP'] == wanted or ['Click Source IP'] == wanted`],
      ['MimecastTTPUrl', `['Sending IP'] == wanted`],
      ['MimecastTTPImpersonation', `['Sender IP Address'] == wanted`],
      ['MimecastAudit', `['Source IP'] == wanted`],
    ],
    hash: [
      ['MimecastCG', `Sha256 =~ wanted or Sha1 =~ wanted or Md5 =~ wanted`],
      ['MimecastTTPAttachment', `['File Hash'] =~ wanted`],
    ],
    url: [
      ['MimecastCG', `Url == wanted`],
      ['MimecastTTPUrl', `Url == wanted`],
    ],
    message: [
      ['MimecastCG', `['Message ID'] == wanted`],
      ['MimecastTTPUrl', `['Message ID'] == wanted`],
      ['MimecastTTPAttachment', `['Message ID'] == wanted`],
      ['MimecastTTPImpersonation', `['Message ID'] == wanted`],
      ['MimecastDLP', `['Message ID'] == wanted`],
    ],
  };

/** What of a parser's rows a trace shows. */
const shown = {
  MimecastCG: `What = Type, From = ['Sender Envelope'], To = Recipients, Subject, Action, Detail = coalesce(Url, ['File Name'], ['Virus Found'])`,
  MimecastTTPUrl: `What = ['Scan Result'], From = ['From User Email Address'], To = ['User Email Address'], Subject, Action, Detail = Url`,
  MimecastTTPAttachment: `What = Result, From = ['Sender Address'], To = ['Recipient Address'], Subject, Action = ['Action Triggered'], Detail = ['File Name']`,
  MimecastTTPImpersonation: `What = Definition, From = ['Sender Address'], To = ['Recipient Address'], Subject, Action, Detail = ['Sender IP Address']`,
  MimecastDLP: `What = Policy, From = ['Sender Address'], To = ['Recipient Address'], Subject, Action, Detail = Route`,
  MimecastAudit: `What = ['Audit Type'], From = ['Source IP'], To = User, Subject = '', Action = Category, Detail = ['Event Info']`,
} as const;

/** A query for all that Mimecast told of something, the oldest first. */
export function traceQuery({ kind, value }: Traced): string {
  const parts = places[kind].map(
    ([parser, condition]) =>
      `  (${parser} | where ${condition}\n    | project TimeGenerated, Source = '${parser}', ${shown[parser]})`,
  );
  const literal = JSON.stringify(value).replace(/[\u007f-\uffff]/g, (letter) => `\\u${hex(letter)}`);
  return `let wanted = ${literal};\nunion\n${parts.join(',\n')}\n| order by TimeGenerated asc`;
}

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16).padStart(4, '0');
}
