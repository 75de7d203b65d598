import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** The person in front of the program. */
export interface Terminal {
  say(line: string): void;
  /** @returns the answer, trimmed; the fallback when it is empty @throws Error when nobody is there to answer */
  ask(question: string, fallback?: string): Promise<string>;
  /** Asks without showing what is typed. @throws Error when nobody is there to answer */
  askSecret(question: string): Promise<string>;
  /** Whether the answer was yes. @throws Error when nobody is there to answer */
  confirm(question: string): Promise<boolean>;
}

/** Standard input and output. @param answersYes answers every `confirm` (`--yes`) */
export function processTerminal(answersYes: boolean): Terminal {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  return {
    say,
    async ask(question, fallback) {
      const answer = await typed(`${question}${fallback === undefined ? '' : ` [${fallback}]`}: `, process.stdout);
      return answer === '' ? (fallback ?? '') : answer;
    },
    async askSecret(question) {
      process.stdout.write(`${question}: `);
      const answer = await typed('', new Writable({ write: (_chunk, _encoding, done) => done() }));
      say('');
      return answer;
    },
    async confirm(question) {
      if (answersYes) return true;
      return /^y(es)?$/i.test(await typed(`${question} [y/N]: `, process.stdout));
    },
  };
}

async function typed(question: string, output: NodeJS.WritableStream): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Error(
      `Nobody is there to answer "${question.replace(/\s*(\[[^\]]*\])?[\s:]*$/, '')}". Give the option instead, and --yes.`,
    );
  }
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}
