// Runs commands one after another in one process, for tests: to start Node and load the model takes
// longer than most commands do. It answers each message with the exit code and what was printed.

import { refuseStaleBuild } from '../../dist/cli/fresh-build.js';

const refusal = await refuseStaleBuild();
if (refusal !== undefined) throw new Error(refusal);
const { runProgram } = await import('../../dist/cli/program.js');
const own = { ...process.env };

process.on('message', async ({ folder, args, env }) => {
  process.chdir(folder);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, own, env);
  const out = kept(process.stdout);
  const err = kept(process.stderr);
  const code = await runProgram(['node', 'sprite-check', ...args]);
  process.send({ code, out: out(), err: err() });
});
process.send('ready');

/** Keeps what is written from now on; gives it, and lets the stream be as it was. */
function kept(stream) {
  const { write } = stream;
  let text = '';
  stream.write = (more) => {
    text += more;
    return true;
  };
  return () => {
    stream.write = write;
    return text;
  };
}
