import { type Identity, mimecastIdentity, ownIdentity } from './identity.ts';
import type { DeployLinks } from './deploy-buttons.ts';

/** What `npm run package` is given. */
export interface Options {
  readonly identity: Identity;
  readonly links: DeployLinks;
  /** Where the package goes, in place of an earlier one. */
  readonly outDir: string;
  /** A compiled template of the connector, which the folder layout carries. */
  readonly templateFile?: string;
  /** The packed app, which the folder layout carries beside the template. */
  readonly appFile?: string;
}

const folder = 'https://raw.githubusercontent.com/Azure/Azure-Sentinel/master/Solutions/Mimecast/Data%20Connectors';

/** Where Azure-Sentinel holds the connector's template once the solution is merged. */
const published: DeployLinks = { template: `${folder}/azuredeploy_Connector_Mimecast_AzureFunction.json` };

const usage = `Usage: npm run package -- [--publisher <id> --support-link <https page>] [--offer <id>]
  [--template-url <https URL>] [--form-url <https URL>] [--template <file>] [--app <file>] [--out <folder>]`;

/** The options of `npm run package` as they were typed. */
export interface TypedOptions {
  readonly publisher?: string | undefined;
  readonly offer?: string | undefined;
  readonly 'support-link'?: string | undefined;
  readonly 'template-url'?: string | undefined;
  readonly 'form-url'?: string | undefined;
  readonly template?: string | undefined;
  readonly app?: string | undefined;
  readonly out?: string | undefined;
}

/** Reads the options. @throws Error that says what is wrong */
export function readOptions(typed: TypedOptions): Options {
  const template = https('--template-url', typed['template-url']);
  const form = https('--form-url', typed['form-url']);
  return {
    identity: identityOf(typed.publisher, typed.offer, https('--support-link', typed['support-link'])),
    links: { template: template ?? published.template, ...(form !== undefined && { form }) },
    outDir: typed.out ?? 'dist-solution',
    ...(typed.template !== undefined && { templateFile: typed.template }),
    ...(typed.app !== undefined && { appFile: typed.app }),
  };
}

function identityOf(
  publisher: string | undefined,
  offer: string | undefined,
  supportLink: string | undefined,
): Identity {
  const offerId = id('--offer', offer ?? mimecastIdentity.offerId);
  if (publisher === undefined) return { ...mimecastIdentity, offerId };
  if (supportLink === undefined)
    throw new Error(`${usage}\n--publisher needs --support-link: where its customers get help.`);
  return ownIdentity(id('--publisher', publisher), offerId, supportLink);
}

/** Partner Center's ids; a dot would split the solution's id in a wrong place. */
function id(name: string, value: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,49}$/.test(value)) return value;
  throw new Error(`${usage}\n${name} must be at most 50 lower-case letters, digits, - and _, not "${value}".`);
}

function https(name: string, value: string | undefined): string | undefined {
  if (value === undefined || (URL.canParse(value) && value.startsWith('https://'))) return value;
  throw new Error(`${usage}\n${name} must be an https URL, not "${value}".`);
}
