import type { JsonObject } from '../../functions/tables/json.ts';
import { connectorPage } from '../connector-page.ts';
import type { DeployLinks } from '../deploy-buttons.ts';
import type { Content } from '../content.ts';
import { descriptionHtml } from '../description.ts';
import {
  categories,
  firstPublishDate,
  type Identity,
  lastPublishDate,
  logo,
  providers,
  solutionName,
  solutionVersion,
} from '../identity.ts';
import { connectorPart } from './connectors.ts';
import { location, origin, productId, templateSchema } from './content-template.ts';
import { parserPart } from './parsers.ts';
import type { Part } from './part.ts';
import { playbookPart } from './playbook.ts';
import { rulePart } from './rules.ts';
import { watchlistPart } from './watchlists.ts';
import { workbookPart } from './workbooks.ts';

/** The template that installs the solution into a workspace. */
export function mainTemplate(content: Content, identity: Identity, links: DeployLinks): JsonObject {
  const parts = partsOf(content, identity, links);
  const { author } = identity;
  return {
    $schema: templateSchema,
    contentVersion: '1.0.0.0',
    metadata: {
      author: author.email === undefined ? author.name : `${author.name} - ${author.email}`,
      comments: `Solution template for ${solutionName}`,
    },
    parameters: { ...workspaceParameters, ...merged(parts.map(({ parameters }) => parameters ?? {})) },
    variables: {
      ...(author.email !== undefined && { email: author.email, _email: "[variables('email')]" }),
      _solutionName: solutionName,
      _solutionVersion: solutionVersion,
      solutionId: `${identity.publisherId}.${identity.offerId}`.toLowerCase(),
      _solutionId: "[variables('solutionId')]",
      ...merged(parts.map(({ variables }) => variables)),
      _solutioncontentProductId: productId('Solution', "variables('_solutionId')", "variables('_solutionVersion')"),
    },
    resources: [...parts.flatMap(({ resources }) => resources), contentPackage(content, identity, parts)],
    outputs: {},
  };
}

/** All items, in the order in which the package lists them. */
function partsOf(content: Content, identity: Identity, links: DeployLinks): readonly Part[] {
  return [
    ...content.rules.map((rule, index) => rulePart(rule, index + 1, identity)),
    ...content.workbooks.map((workbook, index) => workbookPart(workbook, index + 1, identity)),
    playbookPart(content.playbook, identity),
    ...content.parsers.map((parser, index) => parserPart(parser, index + 1, identity)),
    ...content.connectors.map((page, index) => connectorPart(connectorPage(page, links), index + 1, identity)),
    ...content.watchlists.map((watchlist, index) => watchlistPart(watchlist, index + 1)),
  ];
}

const workspaceParameters: JsonObject = {
  location: {
    type: 'string',
    minLength: 1,
    defaultValue: '[resourceGroup().location]',
    metadata: {
      description:
        'Not used, but the template checks ask for it. Resources stand in `workspace-location`, which is the region of the workspace.',
    },
  },
  'workspace-location': {
    type: 'string',
    defaultValue: '',
    metadata: {
      description:
        "[concat('Region to deploy solution resources -- separate from location selection',parameters('location'))]",
    },
  },
  workspace: {
    type: 'string',
    defaultValue: '',
    metadata: { description: 'Name of the Log Analytics workspace that Microsoft Sentinel is set up in' },
  },
};

function contentPackage(content: Content, identity: Identity, parts: readonly Part[]): JsonObject {
  return {
    type: 'Microsoft.OperationalInsights/workspaces/providers/contentPackages',
    apiVersion: '2023-04-01-preview',
    name: "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/', variables('_solutionId'))]",
    location,
    properties: {
      version: solutionVersion,
      kind: 'Solution',
      contentSchemaVersion: '3.0.0',
      displayName: solutionName,
      publisherDisplayName: identity.support.name,
      descriptionHtml: descriptionHtml(content),
      contentKind: 'Solution',
      contentProductId: "[variables('_solutioncontentProductId')]",
      id: "[variables('_solutioncontentProductId')]",
      icon: logo,
      contentId: "[variables('_solutionId')]",
      parentId: "[variables('_solutionId')]",
      ...origin(identity),
      dependencies: { operator: 'AND', criteria: parts.map(({ criterion }) => criterion) },
      firstPublishDate,
      lastPublishDate,
      providers,
      categories,
    },
  };
}

function merged(objects: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(objects.flatMap((each) => Object.entries(each)));
}
