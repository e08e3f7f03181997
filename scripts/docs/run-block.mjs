// Runs one compiled block as a program of its own, and says what was wrong with that.
import { fork } from 'node:child_process';

const LIMIT_MS = 20_000;
const QUIET_MS = 700;

/**
 * Until the block ends or, once its last line was reached, nothing is printed any more; then it is interrupted as by Ctrl-C, and
 * has to be gone within two seconds.
 */
export function runBlock(file, { cwd, iterates, noise }) {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'pipe', 'pipe', 'ipc'];
    const child = fork(file, [], { cwd, stdio, env: { ...process.env, NODE_OPTIONS: '' } });
    const output = { stdout: '', stderr: '' };
    let reached = false;
    let interruptedAt;
    let lastSign = Date.now();
    const started = lastSign;
    const sign = () => (lastSign = Date.now());
    for (const name of ['stdout', 'stderr']) {
      child[name].on('data', (chunk) => {
        output[name] += chunk;
        sign();
      });
    }
    child.on('message', () => {
      reached = true;
      sign();
    });
    const watch = setInterval(() => {
      const now = Date.now();
      if (interruptedAt === undefined && (reached || iterates) && now - lastSign > QUIET_MS) {
        interruptedAt = now;
        child.kill('SIGINT');
      }
      if (now - started > LIMIT_MS || now - (interruptedAt ?? now) > 2000) child.kill('SIGKILL');
    }, 50);
    child.on('exit', async (code, signal) => {
      await new Promise((done) => setTimeout(done, 50)); // what it printed last is read
      clearInterval(watch);
      const wrong = [];
      const stderr = output.stderr.split('\n').filter((line) => line !== '' && !noise?.test(line));
      if (stderr.length > 0) wrong.push(`printed on standard error:\n${stderr.join('\n')}`);
      if (!reached && !iterates) wrong.push('never came to its last line');
      if (signal === 'SIGKILL')
        wrong.push(`did not end ${interruptedAt ? 'within 2 s of Ctrl-C' : 'in time'}`);
      else if (code !== 0 && signal !== 'SIGINT') wrong.push(`ended with ${code ?? signal}`);
      resolve({ wrong, stdout: output.stdout });
    });
  });
}
