import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** Whether `--help` was given; then the options are shown, and where they are explained. */
export function showsHelp(name: string, options: ParseArgsOptionsConfig, page: string): boolean {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } }, strict: false });
  if (values['help'] !== true) return false;
  const lines = Object.entries(options).map(([option, { type }]) => `  --${option}${type === 'string' ? ' …' : ''}`);
  process.stdout.write(`npm run ${name} -- with any of\n${lines.join('\n')}\nThey are explained in ${page}.\n`);
  return true;
}

/** Runs a program to its end: @param work resolves to whether all is well. What it throws is shown without a stack. */
export async function runProgram(work: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await work())) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
