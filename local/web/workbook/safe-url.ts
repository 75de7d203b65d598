/** An address of the web; anything else leads nowhere. */
export function safeUrl(text: string): string | undefined {
  return /^https:\/\/[^\s]+$/i.test(text) ? text : undefined;
}
