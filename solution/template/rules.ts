import { type Identity, solutionName } from '../identity.ts';
import { type Rule, ruleProperties } from '../rule.ts';
import { contentTemplate, location, metadata, productId, templateName } from './content-template.ts';
import { literal, type Part } from './part.ts';

/** What a rule adds. @param n its place among the rules, from 1 */
export function rulePart(rule: Rule, n: number, identity: Identity): Part {
  const object = `analyticRuleObject${n}`;
  const of = (field: string) => `[variables('${object}').${field}${n}]`;
  const contentId = of('_analyticRulecontentId');
  const version = of('analyticRuleVersion');
  return {
    variables: {
      [object]: {
        [`analyticRuleVersion${n}`]: rule.version,
        [`_analyticRulecontentId${n}`]: rule.id,
        [`analyticRuleId${n}`]: `[resourceId('Microsoft.SecurityInsights/AlertRuleTemplates', '${rule.id}')]`,
        [`analyticRuleTemplateSpecName${n}`]: templateName('AnalyticsRule', `'${rule.id}'`),
        [`_analyticRulecontentProductId${n}`]: productId('AnalyticsRule', `'${rule.id}'`, `'${rule.version}'`),
      },
    },
    resources: [
      contentTemplate({
        kind: 'AnalyticsRule',
        name: of('analyticRuleTemplateSpecName'),
        contentId,
        version,
        productId: of('_analyticRulecontentProductId'),
        displayName: rule.name,
        description: `${fileName(rule.path)}_AnalyticalRules Analytics Rule`,
        resources: [
          {
            type: 'Microsoft.SecurityInsights/AlertRuleTemplates',
            name: contentId,
            apiVersion: '2023-02-01-preview',
            kind: rule.kind,
            location,
            properties: literal(ruleProperties(rule)),
          },
          metadata(
            identity,
            { kind: 'AnalyticsRule', parentId: of('analyticRuleId'), contentId, version },
            { properties: { description: `${solutionName} Analytics Rule ${n}` } },
          ),
        ],
      }),
    ],
    criterion: { kind: 'AnalyticsRule', contentId, version },
  };
}

function fileName(path: string): string {
  return path.replace(/^.*\/|\.yaml$/g, '');
}
