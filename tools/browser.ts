import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Starts a browser without a window: the project's own Chromium on Linux x64, elsewhere a Chrome or Edge that is installed. */
export async function launchBrowser(): Promise<Browser | undefined> {
  if (process.platform === 'linux' && process.arch === 'x64')
    return playwright.launch({ executablePath: await unpacked(), args: ['--no-sandbox'] });
  for (const channel of ['chrome', 'msedge']) {
    const browser = await playwright.launch({ channel }).catch(() => undefined);
    if (browser) return browser;
  }
  return undefined;
}

/** Unpacks Chromium with the libraries it needs, once: processes that come meanwhile wait. @returns where it is */
async function unpacked(): Promise<string> {
  const { default: chromium, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium');
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');
  return alone(join(tmpdir(), 'unpacking-chromium'), async () => {
    await inflate(join(packed, 'al2023.tar.br'));
    setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'));
    return chromium.executablePath();
  });
}

const waitMs = 200;
/** A process that held the lock so long has died. */
const longestMs = 60_000;

async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; !(await isMade(lock)); waitedMs += waitMs) {
    if (waitedMs >= longestMs) await rm(lock, { recursive: true, force: true });
    else await setTimeout(waitMs);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (existsSync(folder)) return false;
    throw error;
  }
}
