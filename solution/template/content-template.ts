import type { Json, JsonObject } from '../../functions/tables/json.ts';
import { type Identity, solutionName, solutionVersion } from '../identity.ts';

/** The kinds of content, and what their ids say for short. */
export const kinds = {
  AnalyticsRule: 'ar',
  Workbook: 'wb',
  Playbook: 'pl',
  Parser: 'pr',
  DataConnector: 'dc',
  Solution: 'sl',
} as const;

export type Kind = keyof typeof kinds;

/** A template's schema. */
export const templateSchema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
/** Where the package's resources stand: the workspace's region. */
export const location = "[parameters('workspace-location')]";

/** What a content template is made of; every text may be an expression. */
interface ContentTemplate {
  readonly kind: Exclude<Kind, 'Solution'>;
  readonly name: string;
  readonly contentId: string;
  readonly productId: string;
  readonly version: string;
  readonly displayName: Json;
  readonly description: string;
  readonly resources: readonly JsonObject[];
  readonly parameters?: JsonObject;
  readonly variables?: JsonObject;
  readonly metadata?: JsonObject;
}

/** The resource that holds an item's template in the workspace, from where a customer takes it into use. */
export function contentTemplate(of: ContentTemplate): JsonObject {
  return {
    type: 'Microsoft.OperationalInsights/workspaces/providers/contentTemplates',
    apiVersion: '2023-04-01-preview',
    name: of.name,
    location,
    dependsOn: [
      "[extensionResourceId(resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace')), 'Microsoft.SecurityInsights/contentPackages', variables('_solutionId'))]",
    ],
    properties: {
      description: `${of.description} with template version ${solutionVersion}`,
      mainTemplate: {
        $schema: templateSchema,
        contentVersion: of.version,
        parameters: of.parameters ?? {},
        variables: of.variables ?? {},
        resources: of.resources,
        ...(of.metadata && { metadata: of.metadata }),
      },
      packageKind: 'Solution',
      packageVersion: "[variables('_solutionVersion')]",
      packageName: "[variables('_solutionName')]",
      packageId: "[variables('_solutionId')]",
      contentSchemaVersion: '3.0.0',
      contentId: of.contentId,
      contentKind: of.kind,
      displayName: of.displayName,
      contentProductId: of.productId,
      id: of.productId,
      version: of.version,
    },
  };
}

/** What links an item in a workspace to its solution. @param of `name` and `parentId` are those of the item */
export function metadata(
  identity: Identity,
  of: { readonly kind: Kind; readonly parentId: string; readonly contentId: string; readonly version: string },
  more: { readonly dependsOn?: readonly string[]; readonly location?: string; readonly properties?: JsonObject } = {},
): JsonObject {
  const { properties, ...rest } = more;
  const parent = of.parentId.slice(1, -1);
  return {
    type: 'Microsoft.OperationalInsights/workspaces/providers/metadata',
    apiVersion: of.kind === 'DataConnector' ? '2023-04-01-preview' : '2022-01-01-preview',
    name: `[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',concat('${of.kind}-', last(split(${parent},'/'))))]`,
    ...rest,
    properties: { ...of, ...origin(identity), ...properties },
  };
}

/** Which solution an item comes from, and who answers for it. */
export function origin({ author, support }: Identity): JsonObject {
  return {
    source: { kind: 'Solution', name: solutionName, sourceId: "[variables('_solutionId')]" },
    author: { name: author.name, ...(author.email !== undefined && { email: "[variables('_email')]" }) },
    support: {
      name: support.name,
      ...(support.email !== undefined && { email: support.email }),
      tier: support.tier,
      ...(support.link !== undefined && { link: support.link }),
    },
  };
}

/** The name of a content template: one of its kind and id in the workspace. @param id an expression without its brackets */
export function templateName(kind: Kind, id: string): string {
  return `[concat(parameters('workspace'),'/Microsoft.SecurityInsights/',concat(parameters('workspace'),'-${kinds[kind]}-',uniquestring(${id})))]`;
}

/** The id of an item in a version. @param id, version expressions without their brackets */
export function productId(kind: Kind, id: string, version: string): string {
  return `[concat(take(variables('_solutionId'),50),'-','${kinds[kind]}','-', uniqueString(concat(variables('_solutionId'),'-','${kind}','-',${id},'-', ${version})))]`;
}
