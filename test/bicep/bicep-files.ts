import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** A Bicep file: its path inside the project, its text and its syntax tree. */
export interface BicepFile {
  readonly path: string;
  readonly text: string;
  readonly tree: Node;
}

await Parser.init();
const grammar = fileURLToPath(import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'));
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

/** Parses the text of a Bicep file. */
export function parseBicep(text: string): Node {
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser gave no tree');
  return tree.rootNode;
}

/** Every Bicep file of the project. */
export const bicepFiles: readonly BicepFile[] = readdirSync(join(root, 'bicep'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.bicep'))
  .map((name) => {
    const text = readFileSync(join(root, 'bicep', name), 'utf8');
    return { path: `bicep/${name.split(sep).join('/')}`, text, tree: parseBicep(text) };
  });

/** The Bicep file of that path. @throws Error when it is not there */
export function bicepFile(path: string): BicepFile {
  const file = bicepFiles.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`there is no ${path}`);
  return file;
}

/** All nodes of some type, in the order of the text. */
export function nodesOf(tree: Node, type: string): readonly Node[] {
  return tree.descendantsOfType(type).filter((node) => node !== null);
}

/** The text of a string literal without interpolation. */
export function stringText(node: Node | null | undefined): string {
  return node?.text.replace(/^'|'$/g, '') ?? '';
}

/** A path that stands in a Bicep file, as a path inside the project. */
export function resolveFrom(file: BicepFile, path: string): string {
  return relative(root, join(root, dirname(file.path), path))
    .split(sep)
    .join('/');
}

/** The calls of a function: the arguments of each. */
export function callsOf(file: BicepFile, name: RegExp): readonly (readonly Node[])[] {
  return nodesOf(file.tree, 'call_expression')
    .filter((call) => name.test(call.childForFieldName('function')?.text ?? ''))
    .map((call) => call.childForFieldName('arguments')?.namedChildren.filter((node) => node !== null) ?? []);
}

/** The value that a declaration of the file gives to a name. @throws Error when there is none */
export function valueOf(file: BicepFile, name: string): Node {
  const declaration = nodesOf(file.tree, 'variable_declaration').find((node) => node.namedChild(0)?.text === name);
  const value = declaration?.lastNamedChild;
  if (!value) throw new Error(`${file.path} has no variable ${name}`);
  return value;
}
