import { type ComponentChild, h } from 'preact';

/** Text with headings, lists, bold, italic, code and links; HTML in it is text. */
export function Markdown({ text }: { readonly text: string }) {
  const blocks = text.split(/\n\s*\n|\n(?=#|[-*] )|(?<=^#.*)\n/m).filter((block) => block.trim() !== '');
  const shown: ComponentChild[] = [];
  let list: string[] = [];
  const endList = (): void => {
    if (list.length > 0)
      shown.push(
        h(
          'ul',
          null,
          list.map((item) => h('li', null, inline(item))),
        ),
      );
    list = [];
  };
  for (const block of blocks) {
    const item = /^\s*[-*] (.*)$/s.exec(block)?.[1];
    if (item !== undefined) {
      list.push(item);
      continue;
    }
    endList();
    shown.push(blockOf(block));
  }
  endList();
  return h('div', { class: 'markdown' }, shown);
}

function blockOf(block: string): ComponentChild {
  const [, marks = '', heading] = /^(#+) (.*)$/s.exec(block) ?? [];
  if (heading === undefined) return h('p', null, inline(block));
  // The page's own title is above.
  return h(marks.length <= 2 ? 'h2' : 'h3', null, inline(heading));
}

const marked = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\(https:\/\/[^\s)]+\))/;

function inline(text: string): ComponentChild[] {
  return text.split(marked).map((part) => {
    if (!marked.test(part)) return part;
    if (part.startsWith('`')) return h('code', null, part.slice(1, -1));
    if (part.startsWith('**')) return h('strong', null, part.slice(2, -2));
    if (part.startsWith('*')) return h('em', null, part.slice(1, -1));
    const [, label = '', href = ''] = /^\[([^\]]+)\]\((.*)\)$/.exec(part) ?? [];
    return h('a', { href, rel: 'noreferrer', target: '_blank' }, label);
  });
}
