import { isJsonObject, type Json, type JsonObject } from '../../functions/tables/json.ts';
import { type Check, faultsIn, field, isOfType, list, mainTemplateOf, strings, text } from './check.ts';

// https://github.com/Azure/Azure-Sentinel/blob/master/.script/SolutionValidations/ValidDomainsVerticals.json
const domains = [
  'Application',
  'Cloud Provider',
  'Compliance',
  'DevOps',
  'Identity',
  'Internet of Things (IoT)',
  'IT Operations',
  'Migration',
  'Networking',
  'Platform',
  'Security - Others',
  'Security - Threat Intelligence',
  'Security - Threat Protection',
  'Security - 0-day Vulnerability',
  'Security - Automation (SOAR)',
  'Security - Cloud Security',
  'Security - Information Protection',
  'Security - Insider Threat',
  'Security - Network',
  'Security - Vulnerability Management',
  'Storage',
  'Training and Tutorials',
  'User Behavior (UEBA)',
];

/** Azure-Sentinel's check `solution`: id, domains, and who gives support, wherever it is said. */
export const solution: Check = (files) =>
  mainTemplateOf(files).flatMap(([path, template]) => {
    const id = text(field(template, 'variables'), 'solutionId');
    const packages = list(template['resources']).filter((resource) => isOfType(resource, 'contentPackages'));
    const named = packages.flatMap(({ properties }) => strings(field(properties, 'categories')['domains']));
    const wrong = {
      'variables.solutionId is not publisher.offer in lower case': !/^[^.A-Z]+\.[^.A-Z]+$/.test(id),
      'there is not exactly one package': packages.length !== 1,
      'no domain is named': named.length === 0,
      ...Object.fromEntries(named.map((domain) => [`the domain ${domain} is not known`, !domains.includes(domain)])),
      'the package has no version': packages.some(
        ({ properties }) => !/^\d+\.\d+\.\d+$/.test(text(field(properties), 'version')),
      ),
    };
    const faults = faultsIn(wrong);
    return [...faults, ...new Set(supports(template).flatMap(support))].map((fault) => `${path}: ${fault}`);
  });

/** What is said of support, wherever it is said; a linked item that says nothing counts too. */
function supports(template: JsonObject): readonly JsonObject[] {
  const linked = list(template['resources']).filter((resource) =>
    ['metadata', 'contentPackages'].some((type) => isOfType(resource, type)),
  );
  return [...linked.map(({ properties }) => field(properties, 'support')), ...saidIn(template)];
}

function saidIn(value: Json): readonly JsonObject[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'support' && isJsonObject(each) ? [each] : saidIn(each),
  );
}

function support(of: JsonObject): readonly string[] {
  const [name, email, link] = [text(of, 'name'), text(of, 'email'), text(of, 'link')];
  const wrong = {
    'a support has no name': name.trim() === '',
    'a support has neither email nor link': email === '' && link === '',
    [`${email} is no e-mail address`]: email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email),
    [`${link} is no link`]: link !== '' && !/^https?:\/\/\S+$/.test(link),
    'a support has no tier': !['Microsoft', 'Partner', 'Community'].includes(text(of, 'tier')),
  };
  return faultsIn(wrong);
}
