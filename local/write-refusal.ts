/** What to tell a person when a folder cannot be written; errors that mean something else come back as they are. */
export function writeRefusal(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOSPC':
      return new Error(`The disk is full: ${path} cannot be written.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return new Error(
        `${path} cannot be written (${code}). Run npm start in a copy of the project that you may write to.`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
