/** How many characters in a row count as a leak. */
const windowLength = 16;

/**
 * Finds secrets in texts: each whole, as a URL or base64 writes it, and of long ones any 31 characters in a row.
 * @returns where a secret stands, with a little around it
 */
export function leaks(texts: Iterable<string>, secrets: Iterable<string>): readonly string[] {
  const whole = new Set<string>();
  const pieces = new Set<string>();
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      if (form.length < 2 * windowLength) whole.add(form);
      // Of 31 characters in a row, 16 begin at a multiple of 16.
      for (let at = 0; at + windowLength <= form.length; at += windowLength)
        pieces.add(form.slice(at, at + windowLength));
    }
  }
  const found: string[] = [];
  for (const text of texts) {
    for (const secret of whole) {
      const at = text.indexOf(secret);
      if (at >= 0) found.push(around(text, at));
    }
    for (let at = 0; at + windowLength <= text.length; at++) {
      if (pieces.has(text.slice(at, at + windowLength))) found.push(around(text, at));
    }
  }
  return found;
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 60), at + 60);
}
