import { h, render } from 'preact';
import { App } from './app.ts';
import { chosenTheme, showTheme } from './theme.ts';

showTheme(chosenTheme());
const place = document.getElementById('app');
if (place) {
  place.replaceChildren();
  render(h(App, {}), place);
}
