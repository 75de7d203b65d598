// Plain JavaScript, so that a Node too old for the rest can still say so.
const needed = 24;
const version = process.versions.node;
if (Number.parseInt(version, 10) < needed) {
  process.stderr.write(
    `This needs Node ${needed}, and this is Node ${version}. Install Node ${needed} from https://nodejs.org, then npm ci and npm start again. (On Linux x64 npm ci brings it along: there, use npm start rather than node.)\n`,
  );
  process.exit(1);
}
