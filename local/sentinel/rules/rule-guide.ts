/** What the page on the rules says of one: text with `code` and **bold** in it. */
export interface RuleGuide {
  /** What an alert of it means. */
  readonly meaning: string;
  /** What to do about one, in this order. */
  readonly steps: readonly string[];
  /** Benign causes, thresholds, exceptions and misses. */
  readonly points: readonly { readonly heading: string; readonly text: string }[];
}

/** The guides by the names of the rules. @param page the text of `docs/rules.md`, which has a section for each rule */
export function ruleGuides(page: string): ReadonlyMap<string, RuleGuide> {
  const sections = page.replaceAll('\r\n', '\n').split(/^## /m).slice(1);
  const guides = sections.map((section): [string, RuleGuide] => {
    const [name = '', ...lines] = section.split('\n');
    return [name.trim(), guideOf(lines.join('\n'))];
  });
  return new Map(guides.filter(([, { steps }]) => steps.length > 0));
}

function guideOf(text: string): RuleGuide {
  const blocks = text.split(/\n\s*\n|\n(?=\d+\. |- )/).map((block) => block.replace(/\s*\n\s*/g, ' ').trim());
  const steps = blocks.flatMap((block) => /^\d+\. (.+)$/.exec(block)?.[1] ?? []);
  const points = blocks.flatMap((block) => {
    const [, heading, of = ''] = /^- \*\*(.+?)\*\*:? ?(.*)$/.exec(block) ?? [];
    return heading === undefined ? [] : [{ heading, text: of }];
  });
  const meaning = blocks.filter((block) => block !== '')[0] ?? '';
  return { meaning, steps, points };
}
