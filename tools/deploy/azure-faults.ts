import { AzError } from '../azure-cli/az.ts';
import { Stop } from './stop.ts';

/** What Azure says when it refuses a template, and what to do about it. */
const advices: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /RequestDisallowedByPolicy/,
    'A policy of the subscription demands something else; it is named above. Give it with --parameters (docs/rights.md), or ask for an exemption.',
  ],
  [
    /RoleAssignmentExists/,
    'Somebody has assigned that role by hand. Remove that assignment, or deploy with --no-assign-roles.',
  ],
  [
    /deleted (but recoverable )?state|SoftDelete|existing vault with the same name/i,
    'The vault was deleted and is kept for 90 days. Give {"recoverVault": true} in the file of --parameters.',
  ],
  [
    /LocationNotAvailable|RegionNotSupported|not (available|supported) in (the )?(region|location)/i,
    'Choose another region for the app: --location. The workspace may stay where it is.',
  ],
  [/Quota|SkuNotAvailable|OverQuota/i, 'Ask for more quota, or choose another region (--location) or --plan Premium.'],
  [/AuthorizationFailed|LinkedAuthorizationFailed/, 'You lack that right: docs/rights.md says which role has it.'],
  [/bicep.*(not found|install|download)/i, 'Install the Bicep compiler where az finds it: az bicep install'],
];

/** Says what to do about a failure of Azure that is known. @throws Stop instead of such an AzError, else the error itself */
export async function advising<T>(consequence: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AzError)) throw error;
    const [, advice] = advices.find(([said]) => said.test(`${error.code} ${error.message}`)) ?? [];
    throw new Stop(`${error.message}\n${consequence}${advice === undefined ? '' : ` ${advice}`}`, error);
  }
}
