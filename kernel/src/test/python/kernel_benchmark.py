#!/usr/bin/env python3
"""How this kernel feels, in figures, beside the peers that are installed.

    python3 kernel/src/test/python/kernel_benchmark.py [--runs 5] [--only vethbook,ipykernel] [--json FILE]

Needs Debian's python3-jupyter-client; measures the launcher's kernel, so build first (./vethbook build).
Peers: ipykernel (Debian: python3-ipykernel), and any JVM kernel whose command is given:

    --peer 'jjava=java -cp LIBRARIES org.dflib.jjava.kernel.JJava {connection_file}'

With --json the runs of one call add to those of the calls before, so that a machine need not be quiet for long at once.
Each run starts every kernel once, in turns, so that what else the machine does hits all alike. The table shows
medians over the runs (warm: 200 cells after 200 others) and, in brackets, how ours compares with the peer (ours / theirs: below 1 is quicker).
"""

import argparse
import json
import os
import pathlib
import queue
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, "/usr/lib/python3/dist-packages")

from jupyter_client.kernelspec import KernelSpec  # noqa: E402
from jupyter_client.manager import KernelManager  # noqa: E402

HOME = pathlib.Path(__file__).resolve().parents[4]
LIMIT = 120
WARMING = 200  # cells before those that are measured as warm: a JVM compiles what runs often

# What each language calls the same thing.
PYTHON = {
    "first": "1+1",
    "member": "words = ['a', 'b']\nwords.app",
    "define": "words = ['a', 'b']",
    "lines": "for i in range(100000): print(i)",
    "displays": "for i in range(200): display(i)",
    "loop": "while True: pass",
    "sleep": "import time; time.sleep(60)",
    "child": "import subprocess; subprocess.run(['sleep', '60'])",
}
GROOVY = {
    "first": "1+1",
    "member": "words.remo",
    "define": "words = ['a', 'b']",
    "lines": "for (int i = 0; i < 100000; i++) println(i)",
    "displays": "for (int i = 0; i < 200; i++) display(i)",
    "loop": "while (true) {}",
    "sleep": "sleep 60000",
    "child": "'sleep 60'.execute().waitFor()",
    "lab": "a = netns 'a'\nb = netns 'b'\nvethPair a.eth0, b.eth0, subnet: '192.0.2.0/24'",
    "word": "vethPa",
}
JAVA = {
    "first": "1+1",
    "member": "words.strea",
    "define": 'var words = java.util.List.of("a", "b");',
    "lines": "for (int i = 0; i < 100000; i++) System.out.println(i);",
    "displays": "for (int i = 0; i < 200; i++) display(i);",
    "loop": "while (true) {}",
    "sleep": "Thread.sleep(60000);",
    "child": 'new ProcessBuilder("sleep", "60").start().waitFor();',
}


class Run:
    """One kernel process, from its start to its end."""

    def __init__(self, command, cells):
        self.cells = cells
        self.figures = {}
        self.folder = tempfile.TemporaryDirectory()
        self.manager = KernelManager(connection_file=os.path.join(self.folder.name, "kernel.json"))
        self.manager._kernel_spec = KernelSpec(
            argv=command, display_name="measured", language="any", interrupt_mode=self.interrupt_mode(command)
        )

    @staticmethod
    def interrupt_mode(command):
        return "signal" if "ipykernel_launcher" in command else "message"

    def measure(self):
        begin = time.perf_counter()
        environment = dict(os.environ, XDG_DATA_HOME=self.folder.name, IPYTHONDIR=self.folder.name)
        self.manager.start_kernel(env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.client = self.manager.client()
        self.client.start_channels(hb=False)
        try:
            # a request that is sent before the kernel listens waits in ZeroMQ
            self.client.kernel_info()
            self.reply()
            self.figures["launch to kernel_info (s)"] = time.perf_counter() - begin
            self.await_broadcasts()
            self.execute(self.cells["first"])
            self.figures["launch to first cell (s)"] = time.perf_counter() - begin
            self.figures["RSS after first cell (MB)"] = self.resident_megabytes()
            if "lab" in self.cells:
                self.figures["first lab of two namespaces (s)"] = self.execute(self.cells["lab"])
            for _ in range(WARMING):
                self.execute(self.cells["first"])
            times = sorted(self.execute(self.cells["first"]) * 1e3 for _ in range(200))
            self.figures["warm 1+1 p50 (ms)"] = times[len(times) // 2]
            self.figures["warm 1+1 p99 (ms)"] = times[len(times) * 99 // 100]
            self.execute(self.cells["define"])
            self.figures["completion of a member p50 (ms)"] = self.completion(self.cells["member"])
            if "word" in self.cells:
                self.figures["completion of a DSL word p50 (ms)"] = self.completion(self.cells["word"])
            self.figures["100 000 stdout lines (s)"] = self.execute(self.cells["lines"], lines=100000)
            self.figures["200 displays (s)"] = self.execute(self.cells["displays"])
            for name in ("loop", "sleep", "child"):
                figure = f"interrupt of a {name} (ms)"
                self.figures[figure] = statistics.median(self.interrupt(self.cells[name]) for _ in range(3))
        finally:
            self.client.stop_channels()
            self.manager.shutdown_kernel(now=True)
            self.folder.cleanup()
        return self.figures

    def reply(self):
        return self.client.get_shell_msg(timeout=LIMIT)

    def await_broadcasts(self):
        """As front ends do: they ask again until they hear on the other channel that the kernel is busy with it."""
        while True:
            try:
                self.client.get_iopub_msg(timeout=0.05)
                return
            except queue.Empty:
                self.client.kernel_info()
                self.reply()

    def execute(self, code, lines=None):
        """Seconds until both the reply and the idle status are there, as a front end waits."""
        begin = time.perf_counter()
        request = self.client.execute(code, store_history=False, stop_on_error=False)
        printed = 0
        while True:
            message = self.client.get_iopub_msg(timeout=LIMIT)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                printed += message["content"]["text"].count("\n")
            if message["msg_type"] == "error":
                raise RuntimeError(f"{code}: {message['content']['evalue']}")
            if message["content"].get("execution_state") == "idle":
                break
        self.reply()
        seconds = time.perf_counter() - begin
        if lines is not None and printed != lines:
            raise RuntimeError(f"{printed} lines of {lines} arrived")
        return seconds

    def completion(self, code):
        times = []
        for _ in range(30):
            begin = time.perf_counter()
            self.client.complete(code)
            matches = self.reply()["content"]["matches"]
            times.append((time.perf_counter() - begin) * 1e3)
        if not matches:
            raise RuntimeError(f"no completion of {code}")
        return statistics.median(times)

    def interrupt(self, code):
        request = self.client.execute(code, store_history=False)
        while True:
            message = self.client.get_iopub_msg(timeout=LIMIT)
            if message["msg_type"] == "execute_input" and message["parent_header"]["msg_id"] == request:
                break
        time.sleep(0.5)
        begin = time.perf_counter()
        self.manager.interrupt_kernel()
        while self.reply()["parent_header"]["msg_id"] != request:
            pass
        milliseconds = (time.perf_counter() - begin) * 1e3
        time.sleep(0.1)
        return milliseconds

    def resident_megabytes(self):
        status = pathlib.Path(f"/proc/{self.manager.provisioner.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def kernels(arguments):
    known = {"vethbook": ([str(HOME / "vethbook"), "kernel", "{connection_file}"], GROOVY)}
    if subprocess.run(["/usr/bin/python3", "-c", "import ipykernel"], capture_output=True).returncode == 0:
        known["ipykernel"] = (["/usr/bin/python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"], PYTHON)
    for peer in arguments.peer:
        name, command = peer.split("=", 1)
        known[name] = (command.split(), JAVA)
    chosen = arguments.only.split(",") if arguments.only else list(known)
    return {name: known[name] for name in chosen}


def table(results):
    names = list(results)
    figures = list(dict.fromkeys(figure for runs in results.values() for run in runs for figure in run))
    print("| " + " | ".join(["", *names]) + " |")
    print("| --- " * (len(names) + 1) + "|")
    for figure in figures:
        medians = {}
        for name in names:
            values = [run[figure] for run in results[name] if figure in run]
            if values:
                medians[name] = statistics.median(values)
        row = []
        for name in names:
            text = f"{medians[name]:.3g}" if name in medians else ""
            if name != names[0] and name in medians and names[0] in medians:
                text += f" ({medians[names[0]] / medians[name]:.2f})"
            row.append(text)
        print("| " + " | ".join([figure, *row]) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", help="names, separated by commas")
    parser.add_argument("--peer", action="append", default=[], help="NAME=COMMAND of a Java kernel")
    parser.add_argument("--json", type=pathlib.Path, help="file for all figures of all runs; runs that it holds count too")
    arguments = parser.parse_args()
    chosen = kernels(arguments)
    results = {name: [] for name in chosen}
    if arguments.json and arguments.json.exists():
        results |= json.loads(arguments.json.read_text())
    for run in range(arguments.runs):
        for name, (command, cells) in chosen.items():
            print(f"run {run + 1}: {name}", file=sys.stderr, flush=True)
            results.setdefault(name, []).append(Run(command, cells).measure())
            if arguments.json:
                arguments.json.write_text(json.dumps(results, indent=1))
    table(results)


if __name__ == "__main__":
    main()
