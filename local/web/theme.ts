/** Light, dark, or what the system says. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'theme';

/** The theme chosen last. */
export function chosenTheme(): Theme {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Shows a theme, and keeps it for the next time. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  showTheme(theme);
}

/** Shows a theme; those who draw by themselves hear of it through the event `theme` of the window. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  window.dispatchEvent(new Event('theme'));
}
