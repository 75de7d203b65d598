import { expect, test } from 'vitest';
import { readOptions } from '../../local/options.ts';

test('nothing said: the page on port 8400, a simulated tenant as usual', () => {
  expect(readOptions([], {})).toEqual({
    once: false,
    json: false,
    help: false,
    fresh: false,
    port: 8400,
    tenant: { seed: undefined, days: undefined, users: undefined, quiet: undefined },
    realMimecast: undefined,
  });
});

test('what is said counts', () => {
  const args = '--once --json --fresh --quiet --port 9000 --seed 3 --days 7 --users 50'.split(' ');
  expect(readOptions(args, {})).toMatchObject({
    once: true,
    json: true,
    fresh: true,
    port: 9000,
    tenant: { seed: 3, days: 7, users: 50, quiet: true },
  });
});

test.each([
  [['--port', '0'], '--port is 0: give a whole number from 1 to 65535.'],
  [['--port', '70000'], '--port is 70000'],
  [['--days', 'many'], '--days is many: give a whole number from 1 to 60.'],
  [['--users', '3'], '--users is 3: give a whole number from 40 to 5000.'],
  [['--seed', '-1'], '--seed'],
  [['--sed', '1'], "Unknown option '--sed'"],
])('%j is refused in plain words', (args, message) => {
  expect(() => readOptions(args, {})).toThrow(message);
});

test('the credentials of a real application are taken from the environment, with what else is said of it', () => {
  const credentials = { MIMECAST_CLIENT_ID: 'id', MIMECAST_CLIENT_SECRET: 'secret' };
  const environment = { ...credentials, CONNECTORS: 'audit', START_DATE: '', HOME: '/' };
  expect(readOptions([], environment).realMimecast).toEqual({ ...credentials, CONNECTORS: 'audit' });
});

test.each(['MIMECAST_CLIENT_ID', 'MIMECAST_CLIENT_SECRET'])('%s alone is refused', (name) => {
  expect(() => readOptions([], { [name]: 'a' })).toThrow('is not set. Set both to read the real Mimecast');
});
