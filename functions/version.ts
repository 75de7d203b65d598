import packageJson from '../package.json' with { type: 'json' };

/** The version of the app, as every Health row names it. */
export const appVersion: string = packageJson.version;
