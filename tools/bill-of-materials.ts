import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

type Lock = z.infer<typeof lockSchema>['packages'];

/**
 * What the app is made of, as CycloneDX: every package that its dependencies bring. `npm sbom --omit=dev` leaves out those
 * that development needs too.
 * @param lock package-lock.json @throws ZodError when it is none
 */
export function billOfMaterials(lock: unknown, app: { readonly name: string; readonly version: string }): object {
  const { packages } = lockSchema.parse(lock);
  // A package that lies in two places in one version is one.
  const byRef = new Map([...reached(packages, '', new Set())].map((path) => [refOf(packages, path), path]));
  const paths = [...byRef.values()].toSorted();
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'app', ...app } },
    components: paths.map((path) => component(packages, path)),
    dependencies: ['', ...paths].map((path) => ({
      ref: path === '' ? 'app' : refOf(packages, path),
      dependsOn: dependenciesOf(packages, path).map((each) => refOf(packages, each)),
    })),
  };
}

/** The places of all packages that one needs, through others too. */
function reached(lock: Lock, from: string, found: Set<string>): ReadonlySet<string> {
  for (const path of dependenciesOf(lock, from)) {
    if (found.has(path)) continue;
    found.add(path);
    reached(lock, path, found);
  }
  return found;
}

function dependenciesOf(lock: Lock, path: string): readonly string[] {
  return Object.keys(lock[path]?.dependencies ?? {}).flatMap((name) => placeOf(lock, path, name) ?? []);
}

/** Where Node finds a package: the nearest `node_modules` above. */
function placeOf(lock: Lock, from: string, name: string): string | undefined {
  const place = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (lock[place]) return place;
  return from === '' ? undefined : placeOf(lock, from.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, ''), name);
}

function component(lock: Lock, path: string): object {
  const { version = '', integrity = '', license } = lock[path] ?? {};
  const sha512 = /^sha512-(.+)$/.exec(integrity)?.[1];
  return {
    type: 'library',
    'bom-ref': refOf(lock, path),
    name: nameOf(path),
    version,
    purl: refOf(lock, path),
    ...(license !== undefined && { licenses: [{ expression: license }] }),
    ...(sha512 !== undefined && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }],
    }),
  };
}

/** https://github.com/package-url/purl-spec */
function refOf(lock: Lock, path: string): string {
  return `pkg:npm/${nameOf(path).replace('@', '%40')}@${lock[path]?.version ?? ''}`;
}

function nameOf(path: string): string {
  return path.replace(/^.*node_modules\//, '');
}
