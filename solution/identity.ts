import mimecast from './SolutionMetadata.json' with { type: 'json' };

/** Whom a customer asks for help; `tier` as Content Hub spells it. */
interface Support {
  readonly name: string;
  readonly email?: string;
  readonly tier: 'Partner' | 'Community';
  readonly link?: string;
}

/** Who publishes the solution, and as what. */
export interface Identity {
  readonly publisherId: string;
  /** Fixed for ever once an offer is published. */
  readonly offerId: string;
  readonly author: { readonly name: string; readonly email?: string };
  readonly support: Support;
}

/** The solution's name, in Content Hub and as its folder. */
export const solutionName = 'Mimecast';
export const solutionVersion = '4.0.0';
/** The version of all content that solution 3.1 had in a lower one. */
export const contentVersion = '2.0.0';
export const { firstPublishDate, lastPublishDate, providers, categories } = mimecast;
export const solutionDescription =
  'Collects the security events of a Mimecast account into Microsoft Sentinel, and brings parsers, analytics rules, workbooks and a playbook for them.';
const logoUrl = 'https://raw.githubusercontent.com/Azure/Azure-Sentinel/master/Logos/MimecastConnector.svg';
export const logo = `<img src="${logoUrl}" width="75px" height="75px">`;

/** The identity that solution 3.1 was published under. */
export const mimecastIdentity: Identity = {
  publisherId: mimecast.publisherId,
  offerId: mimecast.offerId,
  author: { name: 'Mimecast', email: 'dlapi@mimecast.com' },
  support: { ...mimecast.support, tier: 'Partner' },
};

/** The identity of somebody else. @param supportLink an https page where their customers get help */
export function ownIdentity(publisherId: string, offerId: string, supportLink: string): Identity {
  return {
    publisherId,
    offerId,
    author: { name: publisherId },
    support: { name: publisherId, tier: 'Community', link: supportLink },
  };
}

/** What SolutionMetadata.json says. */
export function solutionMetadata({ publisherId, offerId, support }: Identity): typeof mimecast | object {
  return { publisherId, offerId, firstPublishDate, lastPublishDate, providers, categories, support };
}
