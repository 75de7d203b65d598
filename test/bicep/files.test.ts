import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'web-tree-sitter';
import { describe, expect, it } from 'vitest';
import {
  type BicepFile,
  bicepFile,
  bicepFiles,
  callsOf,
  nodesOf,
  parseBicep,
  resolveFrom,
  root,
  stringText,
} from './bicep-files.ts';

const checker = join(root, '..', 'shared', 'bicep-check', 'bicep-check.mjs');
// https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-files
const limits: Record<string, number> = {
  loadTextContent: 131_072,
  loadJsonContent: 1_048_576,
  loadYamlContent: 1_048_576,
};
const roles: Record<string, string> = {
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
};

/** The names in a text that are read, not declared. */
function identifiers(node: Node): readonly string[] {
  return nodesOf(node, 'identifier').map(({ text }) => text);
}

/** Parameters that are secure, and variables made of them. */
function secretsOf(tree: Node): ReadonlySet<string> {
  const secret = new Set<string>();
  for (const child of tree.namedChildren) {
    if (child?.type !== 'parameter_declaration') continue;
    const before = child.previousNamedSibling;
    if (before?.type === 'decorators' && before.text.includes('@secure()')) secret.add(child.namedChild(0)?.text ?? '');
  }
  const variables = nodesOf(tree, 'variable_declaration');
  for (let size = -1; size < secret.size;) {
    size = secret.size;
    for (const variable of variables) {
      const [name = '', ...used] = identifiers(variable);
      if (used.some((each) => secret.has(each))) secret.add(name);
    }
  }
  return secret;
}

/** The outputs of a file that say a secret. */
function leaks(tree: Node): readonly string[] {
  const secret = secretsOf(tree);
  return nodesOf(tree, 'output_declaration')
    .filter(({ text }) => /\blist[A-Z]\w*\(|ConnectionString|getSecret|InstrumentationKey/.test(text))
    .concat(
      nodesOf(tree, 'output_declaration').filter((node) =>
        identifiers(node)
          .slice(1)
          .some((name) => secret.has(name)),
      ),
    )
    .map(({ text }) => text);
}

/** Paths that a file names: of modules, of imports, and of what it loads. */
function pathsOf(file: BicepFile): readonly string[] {
  const modules = nodesOf(file.tree, 'module_declaration').map((node) => stringText(node.namedChild(1)));
  const imports = [...file.text.matchAll(/^import .* from '([^']+)'/gm)].map(([, path = '']) => path);
  const loads = callsOf(file, /^load/).map(([path]) => stringText(path));
  return [...modules, ...imports, ...loads].map((path) => resolveFrom(file, path));
}

describe.each(bicepFiles)('$path', (file) => {
  it('parses', () => {
    expect(file.tree.hasError).toBe(false);
  });

  it('names only files that exist, and loads none that Bicep finds too long', () => {
    expect(pathsOf(file).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    for (const [name, limit] of Object.entries(limits)) {
      const loaded = callsOf(file, new RegExp(`^${name}$`)).map(([path]) => resolveFrom(file, stringText(path)));
      expect(loaded.filter((path) => readFileSync(join(root, path), 'utf8').length > limit)).toEqual([]);
    }
  });

  it('tells no secret in an output', () => {
    expect(leaks(file.tree)).toEqual([]);
  });

  it('gives secrets only to parameters that are secure', () => {
    const secret = secretsOf(file.tree);
    for (const module of nodesOf(file.tree, 'module_declaration')) {
      const target = bicepFile(resolveFrom(file, stringText(module.namedChild(1))));
      const given = nodesOf(module, 'object_property').filter((property) => {
        const value = property.lastNamedChild;
        return (
          value !== null &&
          value.type !== 'object' &&
          [value.text, ...identifiers(value)].some((name) => secret.has(name))
        );
      });
      const taken = given.map((property) => property.firstNamedChild?.text ?? '');
      expect(taken.filter((name) => !secretsOf(target.tree).has(name))).toEqual([]);
    }
  });

  it('declares no workspace, so that none of its properties is ever set', () => {
    const workspaces = nodesOf(file.tree, 'resource_declaration').filter(({ text }) =>
      /'Microsoft\.OperationalInsights\/workspaces@/i.test(text),
    );
    for (const { text } of workspaces) expect(text).toMatch(/^resource \w+ '[^']+' existing = /);
  });
});

describe('all Bicep files', () => {
  const text = bicepFiles.map((file) => file.text).join('\n');

  it('use one version of each resource type', () => {
    const versions = new Map<string, Set<string>>();
    for (const [, type = '', version = ''] of text.matchAll(/'(Microsoft\.[\w/.]+)@([\w-]+)'/g))
      versions.set(type, (versions.get(type) ?? new Set()).add(version));
    expect(versions.size).toBeGreaterThan(20);
    expect([...versions].filter(([, used]) => used.size > 1)).toEqual([]);
  });

  it('give the identity no role but its four, each under a name that stays the same', () => {
    const given = [...text.matchAll(/'([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'/g)].map(([, id = '']) => id);
    expect(given.toSorted()).toEqual(Object.keys(roles).toSorted());
    const assignments = bicepFiles
      .flatMap(({ tree }) => nodesOf(tree, 'resource_declaration'))
      .filter((node) => node.text.includes('/roleAssignments@'));
    expect(assignments).toHaveLength(3);
    for (const node of assignments) {
      expect(node.text).toMatch(/name: guid\(\S+\.id, principalId, [\w.]+\)/);
      expect(node.text).toContain("principalType: 'ServicePrincipal'");
    }
  });

  it('are each reached from main.bicep', () => {
    const reached = new Set(['bicep/main.bicep']);
    for (const path of reached) {
      if (!path.endsWith('.bicep')) continue;
      for (const next of pathsOf(bicepFile(path))) reached.add(next);
    }
    expect(bicepFiles.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });

  it('describe every parameter of main.bicep', () => {
    const main = bicepFile('bicep/main.bicep').text;
    const described = [...main.matchAll(/^@description\('.+'\)\n(?:(?!@description|param ).*\n)*?param (\w+)/gm)];
    const declared = [...main.matchAll(/^param (\w+)/gm)].map(([, name]) => name);
    expect(described.map(([, name]) => name)).toEqual(declared);
  });

  it.runIf(existsSync(checker))('find nothing said against them by the type checker', () => {
    const output = execFileSync(process.execPath, [checker, '--coverage', join(root, 'bicep')], { encoding: 'utf8' });
    expect(output.trim()).toMatch(/^\d+ file\(s\): 0 error\(s\), 0 warning\(s\)$/);
  });
});

describe('the checks of this file', () => {
  it.each([
    ['@secure()\nparam a string\noutput b string = a\n', 1],
    ["@secure()\nparam a string\nvar c = '${a}!'\nvar d = { x: c }\noutput b string = d.x\n", 1],
    ["resource s 'A@1' existing = { name: 'n' }\noutput b object = s.listKeys('1')\n", 1],
    ['@secure()\nparam a string\nparam e string\noutput b string = e\n', 0],
  ])('see what %j lets out', (text, count) => {
    expect(leaks(parseBicep(text))).toHaveLength(count);
  });

  it('see a file that does not parse', () => {
    expect(parseBicep('resource x { name: ').hasError).toBe(true);
  });
});
