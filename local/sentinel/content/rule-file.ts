import { isNode, isScalar, parseDocument, type Document } from 'yaml';
import { type AnalyticsRule, analyticsRule } from './analytics-rule.ts';
import type { Finding } from './check-parsers.ts';
import type { ContentFile } from './parser-file.ts';
import { type Position, positionAt } from './position.ts';

/** A part of a YAML document: keys and places in lists, from the top. */
type Path = readonly PropertyKey[];

/** A rule, and where its parts stand in its file. */
export interface RuleFile {
  readonly path: string;
  readonly rule: AnalyticsRule;
  /** Where a part of the rule begins; its nearest container when it is not there. */
  readonly placeOf: (path: Path) => Position;
  /** Where an offset in the query stands. */
  readonly placeInQuery: (offset: number) => Position;
}

/** Reads the rule of a YAML file; the findings when it is none. */
export function readRule({ path, text }: ContentFile): {
  readonly file?: RuleFile;
  readonly findings: readonly Finding[];
} {
  const document = parseDocument(text, { prettyErrors: false });
  const [broken] = [...document.errors, ...document.warnings];
  if (broken) return { findings: [{ file: path, ...positionAt(text, broken.pos[0]), message: broken.message }] };
  const placeOf = (part: Path): Position => positionAt(text, startOf(document, part));
  const block = blockOf(document);
  if (block === undefined)
    return { findings: [{ file: path, ...placeOf(['query']), message: 'the query is no block that begins with |' }] };
  const read = analyticsRule.safeParse(document.toJS());
  if (!read.success)
    return {
      findings: read.error.issues.map((issue) => ({
        file: path,
        ...placeOf(issue.path),
        message: `${issue.path.join('.')}: ${issue.message}`,
      })),
    };
  const placeInQuery = (offset: number): Position => inBlock(text, block, positionAt(read.data.query, offset));
  return { file: { path, rule: read.data, placeOf, placeInQuery }, findings: [] };
}

/** The rules of files. @throws Error when one of them is none */
export function rulesOf(files: readonly ContentFile[]): readonly AnalyticsRule[] {
  return files.map((each) => {
    const { file, findings } = readRule(each);
    const [finding] = findings;
    if (file === undefined) throw new Error(`${each.path}:${finding?.line}:${finding?.column}: ${finding?.message}`);
    return file.rule;
  });
}

function startOf(document: Document, path: Path): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isNode(node)) return node.range?.[0] ?? 0;
  return path.length === 0 ? 0 : startOf(document, path.slice(0, -1));
}

/** Where the header of the query's block stands. */
function blockOf(document: Document): number | undefined {
  const node = document.getIn(['query'], true);
  return isScalar(node) && node.type === 'BLOCK_LITERAL' ? (node.range?.[0] ?? undefined) : undefined;
}

function inBlock(text: string, header: number, { line, column }: Position): Position {
  const lines = text.slice(header).split('\n').slice(1);
  const indent = /^ */.exec(lines.find((each) => each.trim() !== '') ?? '')?.[0].length ?? 0;
  return { line: positionAt(text, header).line + line, column: column + indent };
}
