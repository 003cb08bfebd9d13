"""Types into jupyter-console as a person does, and reads what it shows: a value, what is printed, a completion,
a question, an error, an interrupt, the end. Needs Debian's jupyter-console and python3-pexpect, and a kernelspec
named vethbook on the Jupyter path. Ends with 0 when all went as expected; else it prints the screen."""

import re
import sys

import pexpect

LIMIT = 60
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][0-9A-Za-z]?|[\x00-\x08\x0e-\x1a]")


class Console:
    def __init__(self):
        self.child = pexpect.spawn(
            "jupyter-console",
            ["--kernel", "vethbook", "--simple-prompt"],
            encoding="utf-8",
            timeout=LIMIT,
            dimensions=(24, 80),
        )
        self.screen = ""

    def sees(self, text):
        """Waits until this is on the screen, after what was seen before."""
        try:
            self.child.expect(text)
        except (pexpect.TIMEOUT, pexpect.EOF):
            sys.exit(f"not on the screen: {text}\n{CODES.sub('', self.screen + self.child.before)}")
        self.screen += self.child.before + self.child.after

    def types(self, text):
        self.child.sendline(text)


console = Console()
console.sees("Vethbook [0-9.a-z]+, Groovy")
console.sees(r"In \[1\]:")
console.types("6 * 7")
console.sees(r"Out\[1\]:\s+42")
console.types("println 'printed' * 2")
console.sees("printedprinted")
console.types("who = input('Who is there? ')")
console.sees("Who is there[?]")
console.types("a person")
console.sees(r"In \[4\]:")
console.types("[1, 2].nowhere()")
console.sees("nowhere")
console.sees(r"In \[5\]:")
console.types("println 'begun'; while (true) {}")
console.sees("begun\r")
console.child.sendintr()
console.sees("Interrupted")
console.sees(r"In \[6\]:")
console.types("who + ' was there'")
console.sees("a person was there")
console.child.sendeof()
console.sees(r"exit|shut")
console.child.sendline("y")
console.child.expect(pexpect.EOF)
console.child.close()
print("as expected")
