/** A piece of a text that is to be replaced, and what is written before the caret and behind it. */
interface Writing {
  readonly start: number;
  readonly length: number;
  readonly before: string;
  readonly after?: string;
}

/** Writes into the editor as if by keyboard. @returns where the caret stands then */
export function writeText(editor: HTMLTextAreaElement, { start, length, before, after = '' }: Writing): number {
  editor.focus();
  editor.setSelectionRange(start, start + length);
  // No other way of writing can be undone by Ctrl+Z.
  document.execCommand('insertText', false, `${before}${after}`);
  const caret = start + before.length;
  editor.setSelectionRange(caret, caret);
  return caret;
}
