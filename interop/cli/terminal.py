"""Runs a command under a pseudo terminal, types the lines given, each when the screen has the text before it, and prints
what the terminal showed. Usage: terminal.py SECONDS TEXT LINE TEXT LINE ... -- COMMAND..."""

import os
import pty
import select
import sys
import time

split = sys.argv.index("--")
limit = time.monotonic() + float(sys.argv[1])
steps = list(zip(sys.argv[2:split:2], sys.argv[3:split:2]))
command = sys.argv[split + 1:]

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.environ["COLUMNS"] = "100"
    os.execvp(command[0], command)

shown = b""
looked = 0
while time.monotonic() < limit:
    if steps:
        found = shown.find(steps[0][0].encode(), looked)
        if found >= 0:
            looked = len(shown)
            # Key by key: what comes at once is taken for pasted text, in which a tab completes nothing.
            for key in steps.pop(0)[1].encode().decode("unicode_escape"):
                os.write(terminal, key.encode())
                time.sleep(0.03)
    if select.select([terminal], [], [], 0.05)[0]:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk

sys.stdout.buffer.write(shown)
sys.stdout.flush()
if steps:
    print(f"\nnever shown: {steps[0][0]}", file=sys.stderr)
    os.kill(pid, 9)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if not steps else 99)
