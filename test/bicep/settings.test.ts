import { describe, expect, it } from 'vitest';
import { connectors } from '../../functions/connectors.ts';
import { settingsRead } from '../settings-read.ts';
import { type BicepFile, bicepFile, nodesOf, valueOf } from './bicep-files.ts';
import type { Node } from 'web-tree-sitter';

const main = bicepFile('bicep/main.bicep');
const apps = [bicepFile('bicep/modules/app-flex.bicep'), bicepFile('bicep/modules/app-premium.bicep')];
const ofTheHost = /^(AzureWebJobs|APPLICATIONINSIGHTS_|FUNCTIONS_|WEBSITE_)/;

/** The names that the objects in a value give to settings. */
function namesIn(value: Node): readonly string[] {
  return nodesOf(value, 'object_property').map((property) => property.firstNamedChild?.text ?? '');
}

function environmentOf(file: BicepFile): readonly string[] {
  const [config] = nodesOf(file.tree, 'resource_declaration').filter(({ text }) =>
    text.startsWith('resource environmentVariables '),
  );
  return config ? namesIn(config).filter((name) => /^[A-Z]/.test(name)) : [];
}

const emitted = ['appSettings', 'defaultSettings', 'hostSettings'].flatMap((name) => namesIn(valueOf(main, name)));

describe('the settings of the app', () => {
  it('are those that it reads, save the secrets, which stand in the vault', () => {
    const read = [...settingsRead()].filter((name) => !/^MIMECAST_CLIENT_(ID|SECRET)$/.test(name));
    const ours = emitted.filter((name) => !ofTheHost.test(name));
    expect(ours.toSorted()).toEqual(read.toSorted());
  });

  it.each(apps)('come with nothing but the settings of the host in $path', (file) => {
    const added = environmentOf(file);
    expect(added).toContain('APPLICATIONINSIGHTS_CONNECTION_STRING');
    expect(added.filter((name) => !ofTheHost.test(name))).toEqual([]);
  });

  it('leave out on Flex what Flex refuses', () => {
    const [flex] = apps.map(environmentOf);
    expect([...(flex ?? []), ...emitted].filter((name) => /^(FUNCTIONS_|WEBSITE_)/.test(name))).toEqual([]);
  });

  it('open the storage of the host without a key', () => {
    const host = valueOf(main, 'hostSettings').text;
    expect(host).toContain("AzureWebJobsStorage__credential: 'managedidentity'");
    expect(emitted).not.toContain('AzureWebJobsStorage');
  });

  it('know every connector, in the parameter and by its schedule', () => {
    const names = connectors.map(({ setting }) => setting);
    const [, allowed = ''] = /@allowed\(\[([^\]]*)\]\)\nparam connectors array/.exec(main.text) ?? [];
    expect(allowed.match(/\w+/g)).toEqual(names);
    for (const { setting, scheduleSetting } of connectors)
      expect(main.text).toContain(`empty(schedules.?${setting}) ? {} : { ${scheduleSetting}: schedules.?${setting} }`);
  });

  it('keep what a person has set, where no parameter says otherwise', () => {
    const orders = [...main.text.matchAll(/settings: union\((.*)\)/g)].map(([, order]) => order);
    expect(new Set(orders)).toEqual(new Set(['defaultSettings, installedSettings, appSettings, hostSettings']));
  });
});
