/** Whether a text is the URL of a service without path: https, or http on this machine; a port is fine. */
export function isServiceUrl(text: string): boolean {
  return isTableUrl(text) && URL.parse(text)?.pathname === '/';
}

/** Whether a text is the URL of a table endpoint: like a service's, but a path names the account of an emulator. */
export function isTableUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A valid URL the way clients take it: normalised, without a slash at its end. */
export function withoutSlash(text: string): string {
  return new URL(text).href.replace(/\/$/, '');
}
