"""Types into jupyter-console as a person does, and reads what it shows: a value, what is printed, a question, an error,
an interrupt, the end; and with a prompt that edits lines, a completion by Tab. Needs Debian's jupyter-console and python3-pexpect, and a kernelspec
named vethbook on the Jupyter path. Ends with 0 when all went as expected; else it prints the screen."""

import os
import re
import sys

import pexpect

LIMIT = 60
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][0-9A-Za-z]?|[\x00-\x08\x0e-\x1a]")


class Console:
    def __init__(self, *options):
        self.child = pexpect.spawn(
            "jupyter-console",
            ["--kernel", "vethbook", *options],
            encoding="utf-8",
            env=dict(os.environ, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1"),  # nobody here tells where the cursor is
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

    def completes(self, text, rest):
        """Tab, again where it brings nothing: the console takes a late answer to another question for this one's."""
        self.child.send(text)
        self.sees(re.escape(text))
        for _ in range(6):
            self.child.send("\t")
            if self.child.expect([re.escape(rest), pexpect.TIMEOUT], timeout=10) == 0:
                return
        sys.exit(f"Tab did not make {text} {text}{rest}\n{CODES.sub('', self.screen + self.child.before)}")

    def ends(self):
        self.child.sendeof()
        self.sees(r"exit|shut")
        self.child.sendline("y")
        self.child.expect(pexpect.EOF)
        self.child.close()


console = Console("--simple-prompt")
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
console.ends()

console = Console()
console.sees(r"In \[.*1.*\]")
console.child.send("answerToEverything = 42; answerToEverything\r")
console.sees("42")
console.sees(r"In \[.*2.*\]")
console.completes("answerTo", "Everything")
console.child.send("\x03")
console.sees(r"In \[.*2.*\]")
console.ends()
print("as expected")
