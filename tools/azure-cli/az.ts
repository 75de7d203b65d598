import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { redact } from '../../functions/collect/fault.ts';
import { type Json, parseJson } from '../../functions/tables/json.ts';

/** The options of a command, without their dashes: a value, several, or true for one that takes none. */
type Options = Readonly<Record<string, string | readonly string[] | true>>;

/** The Azure CLI, signed in as the person who runs the program. */
export interface Az {
  /**
   * Runs a command and reads the JSON it prints; undefined when it prints nothing.
   * @param command such as `group show`
   * @param options never with a secret in them, since other programs of the machine can read them
   * @param environment variables for this command alone: where a secret goes that az takes from its environment
   * @throws AzError when it fails
   */
  (command: string, options?: Options, environment?: Readonly<Record<string, string>>): Promise<Json | undefined>;
}

/** A command of az that failed: Azure's code where it says one, and its words without secrets. */
export class AzError extends Error {
  override readonly name = 'AzError';
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(redact(message), cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The `az` on the PATH of an environment. */
export function azureCli(environment: NodeJS.ProcessEnv): Az {
  // az has no use for the Mimecast secret, nor has what az starts.
  const { MIMECAST_CLIENT_SECRET: _, ...inherited } = environment;
  return async (command, options = {}, variables = {}) => {
    const [program, ...before] = programOf(environment);
    const given = Object.entries(options).flatMap(([name, value]) => [
      `--${name}`,
      ...(value === true ? [] : [value].flat()),
    ]);
    const args = [...before, ...command.split(' '), ...given, '--output', 'json', '--only-show-errors'];
    const env = { ...inherited, ...variables, AZURE_CORE_NO_COLOR: 'true', AZURE_CORE_COLLECT_TELEMETRY: 'no' };
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code, [stdout, stderr]] = await Promise.all([ended(child), output]);
    const name = nameOf(command, options);
    if (code !== 0) throw azError(name, stderr);
    return stdout.trim() === '' ? undefined : readJson(stdout, name);
  };
}

// On Windows az is a batch file, whose arguments a shell would read again; it starts the Python beside it (assumed).
function programOf(environment: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  if (process.platform !== 'win32') return ['az'];
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter);
  const folder = folders.find((each) => existsSync(join(each, 'az.cmd')));
  return folder === undefined ? ['az'] : [join(folder, '..', 'python.exe'), '-IBm', 'azure.cli'];
}

async function ended(child: ReturnType<typeof spawn>): Promise<number> {
  try {
    const [code] = await once(child, 'close');
    return typeof code === 'number' ? code : 1;
  } catch (cause) {
    const message = 'The Azure CLI (az) cannot be started. Install it (https://aka.ms/azure-cli), then: az login';
    throw new AzError('AzNotFound', message, cause);
  }
}

function readJson(stdout: string, name: string): Json {
  try {
    return parseJson(stdout);
  } catch (cause) {
    throw new AzError('NoJson', `az ${name} printed something that is no JSON.`, cause);
  }
}

// az names its errors `ERROR: (Code) words`, `(Code) words`, or shows the body of a refusal of `az rest`.
function azError(name: string, stderr: string): AzError {
  const words = stderr.replace(/^(ERROR|WARNING): /gm, '').trim();
  if (/Please run 'az login'|az login/.test(words)) {
    return new AzError('NotSignedIn', 'Nobody is signed in to Azure. Sign in with: az login');
  }
  const code = /"code":\s*"(\w+)"/.exec(words)?.[1] ?? /\((\w+)\)/.exec(words)?.[1] ?? 'Failed';
  return new AzError(code, `az ${name} failed: ${words.replace(/\s+/g, ' ').slice(0, 600) || 'it said nothing'}`);
}

// Of `az rest` also the method and the address.
function nameOf(command: string, { method, url }: Options): string {
  if (typeof method !== 'string' || typeof url !== 'string') return command;
  return `${command} ${method.toUpperCase()} ${url.replace(/\?.*/s, '')}`;
}
