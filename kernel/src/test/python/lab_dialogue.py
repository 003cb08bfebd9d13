"""Works in JupyterLab in a browser as a person does: Tab, Shift-Tab, output as it comes, a table, a plot, a picture of
a lab, a question, Stop, restart; then opens what was saved, trusted and not. Needs chromium-driver, python3-selenium
and a kernelspec named vethbook on the Jupyter path, and JupyterLab: either an installed one (jupyter-lab), or

    lab_dialogue.py --assemble FOLDER       puts it together there from npm's packages once (1 to 2 minutes, 500 MB),
                                            and serves it with Debian's python3-jupyterlab-server

    --pictures FOLDER                       keeps pictures of the page there, in light and dark

Ends with 0 when all went as expected; else it says what was missing.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from selenium.webdriver.common.keys import Keys

from browser import Browser, Server, run, shift_tab, tab, wait_for

SOURCES = pathlib.Path(__file__).parent.parent / "jupyterlab"
# npm then takes what fitted together on that day
RELEASES_BEFORE = "2026-09-01"

LAB = "a = netns 'a'\nb = netns 'b'\nvethPair a.eth0, b.eth0, subnet: '192.0.2.0/24'\nlab"
EXPERIMENT = (
    "experiment('Does a larger answer cost more?', rounds: 3, warmUp: false, baseline: 'a byte') {\n"
    "setting('a byte') { netperf TCP_RR, from: a, to: b, transactions: 50, engine: 'built-in' }\n"
    "setting('1 KB') { netperf TCP_RR, from: a, to: b, transactions: 50, response: 1000, engine: 'built-in' }\n}"
)
KEPT = "application/vnd.vethbook.results+json"


def assemble(folder):
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    for command in (
        ["npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps", f"--before={RELEASES_BEFORE}"],
        ["npx", "rspack", "build"],
    ):
        subprocess.run(command, cwd=folder, check=True)


def lab(start):
    def command(port, token, folder):
        return [
            *start,
            *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0"),
            *(f"--ServerApp.port={port}", f"--ServerApp.token={token}", f"--ServerApp.root_dir={folder}"),
        ]

    return command


class Page:
    """A notebook as JupyterLab shows it."""

    SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden) "

    def __init__(self, server, browser):
        self.server = server
        self.browser = browser

    def opens(self, notebook):
        self.browser.chromium.get(f"{self.server.address}/lab/tree/{notebook}?reset&token={self.server.token}")
        wait_for(lambda: f"{notebook} and its kernel: {self.browser.script('return document.body.innerText')}", self.is_idle)

    def count(self, selector):
        return len(self.browser.find(self.SHOWN + selector))

    def last(self, selector):
        return self.browser.find(self.SHOWN + selector)[-1]

    def is_idle(self):
        states = self.browser.find(self.SHOWN + ".jp-Notebook-ExecutionIndicator")
        return states and states[0].get_attribute("data-status") == "idle"

    def types(self, code, *then):
        """Into a new cell at the end, by keyboard; then more keys."""
        cells = self.count(".jp-Cell")
        if cells:
            wait_for("the choice of the last cell", self.chooses_last)
            self.presses("notebook:insert-cell-below")
            wait_for("a new cell", lambda: self.count(".jp-Cell") == cells + 1)
        else:
            self.browser.find(self.SHOWN + ".jp-Notebook-footer")[0].click()
            wait_for("a first cell", lambda: self.count(".jp-Cell") == 1)
        self.last(".jp-Cell .cm-content").click()
        keys = self.browser.keys()
        keys.send_keys(code)
        for each in then:
            keys = each(keys)
        keys.perform()

    def chooses_last(self):
        self.last(".jp-Cell .jp-InputPrompt").click()
        return "jp-mod-active" in self.last(".jp-Cell").get_attribute("class")

    def written(self):
        return self.last(".jp-Cell .cm-content").text

    def output(self):
        return self.last(".jp-CodeCell").find_element("css selector", ".jp-OutputArea").text

    def all_output(self):
        return "\n".join(each.text for each in self.browser.find(self.SHOWN + ".jp-OutputArea"))

    def shows(self, text):
        wait_for(lambda: f"{text} below the cell; there is: {self.output()}", lambda: text in self.output())

    def draws(self, what, selector):
        """Waits for an element with an area below the last cell."""
        below = f"{self.SHOWN} .jp-CodeCell:last-of-type .jp-OutputArea {selector}"
        wait_for(
            lambda: f"{what} below the cell; there is: {self.output()}",
            lambda: any(each.size["width"] > 100 and each.size["height"] > 50 for each in self.browser.find(below)),
        )

    def presses(self, command):
        """A button of the notebook's toolbar."""
        self.browser.find(f'{self.SHOWN} .jp-Toolbar [data-command="{command}"]')[0].click()

    def saves(self, file, cells):
        self.browser.keys().key_down(Keys.CONTROL).send_keys("s").key_up(Keys.CONTROL).perform()
        wait_for(f"{file} with {cells} cells", lambda: len(json.loads(file.read_text())["cells"]) == cells)

    def turns(self, theme):
        name = f"JupyterLab {theme}"
        for label in ("Settings", "Theme", name):
            entry = wait_for(label, lambda: [
                each for each in self.browser.visible(".lm-MenuBar-itemLabel, .lm-Menu-itemLabel") if each.text == label
            ])[0]
            entry.click()
            time.sleep(0.3)
        wait_for(name, lambda: self.browser.find(f'body[data-jp-theme-name="{name}"]'))


def work(page):
    page.types("words = ['a', 'b']; words.size()", run)
    page.shows("2")

    page.types("words.collectEnt", tab)
    wait_for("the completion of collectEntries", lambda: "collectEntries" in page.written() or page.browser.visible(".jp-Completer"))
    page.browser.keys().send_keys(Keys.ESCAPE).perform()
    page.types("println", shift_tab)
    wait_for("the help for println", lambda: any("println" in each.text for each in page.browser.visible(".jp-Tooltip")))
    page.browser.keys().send_keys(Keys.ESCAPE).perform()

    page.types("[[name: 'a', size: 1], [name: 'b', size: 2]]", run)
    page.draws("a table", "table")

    page.types(LAB, run)
    page.draws("the picture of the lab", "img, svg")

    page.types(f"result = {EXPERIMENT}", run)
    page.shows("6 runs in 3 rounds")
    page.types("result.plot()", run)
    page.draws("a plot", "canvas, svg")

    page.types("name = input('Who is there? '); 'a ' + name", run)
    box = wait_for("the question", lambda: page.browser.visible(".jp-Stdin-input"))[0]
    box.send_keys("person", Keys.ENTER)
    page.shows("a person")

    page.types("println 'begun'; while (true) {}", run)
    page.shows("begun")
    assert not page.is_idle(), "the loop does not run"
    page.presses("notebook:interrupt-kernel")
    page.shows("Interrupted")
    wait_for("the end of the loop", page.is_idle)
    page.types("name.length()", run)
    page.shows("6")

    page.presses("notebook:restart-kernel")
    wait_for("the question whether to restart", lambda: page.browser.visible(".jp-Dialog .jp-mod-accept"))[0].click()
    time.sleep(1)
    wait_for("the kernel after its restart", page.is_idle)
    page.types("name", run)
    page.shows("Cannot find")


def check_kept(page, notebook):
    """The results that the notebook keeps are not shown, but the line beside them is."""
    page.opens(notebook)
    wait_for(lambda: f"the runs; there is: {page.all_output()}", lambda: "6 runs in 3 rounds" in page.all_output())
    for raw in ("gzip", "{", KEPT):
        assert raw not in page.all_output(), f"{notebook} shows {raw}: {page.all_output()}"


def look(page, pictures):
    """Keeps what the page looks like from top to end, in light and dark."""
    if not pictures:
        return
    pictures.mkdir(parents=True, exist_ok=True)
    page.browser.chromium.set_window_size(1200, 3000)
    for theme in ("Dark", "Light"):
        page.turns(theme)
        time.sleep(1)
        page.browser.picture(pictures / f"{theme.lower()}.png")
    page.browser.chromium.set_window_size(1200, 1000)


def dialogue(page, folder, pictures):
    saved = folder / "n.ipynb"
    page.opens(saved.name)
    work(page)
    look(page, pictures)
    page.saves(saved, page.count(".jp-Cell"))
    content = json.loads(saved.read_text())
    kinds = [kind for cell in content["cells"] for output in cell["outputs"] for kind in output.get("data", {})]
    assert KEPT in kinds, f"the notebook keeps no results: {kinds}"

    check_kept(page, saved.name)
    content["cells"][0]["source"] += "  // another notebook, which nobody here has run: not trusted"
    (folder / "strange.ipynb").write_text(json.dumps(content))
    check_kept(page, "strange.ipynb")
    if pictures:
        page.browser.picture(pictures / "untrusted.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assemble", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    arguments = parser.parse_args()
    start = ["jupyter-lab"]
    if arguments.assemble:
        if not (arguments.assemble / "build" / "lab.js").exists():
            assemble(arguments.assemble)
        start = ["/usr/bin/python3", str(arguments.assemble / "serve.py")]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        os.environ.setdefault("JUPYTER_RUNTIME_DIR", profile)
        server = Server(folder, lab(start))
        try:
            browser = Browser(profile)
            page = Page(server, browser)
            try:
                dialogue(page, pathlib.Path(folder), arguments.pictures)
            finally:
                if arguments.pictures:
                    arguments.pictures.mkdir(parents=True, exist_ok=True)
                    browser.picture(arguments.pictures / "end.png")
                browser.quit()
        finally:
            server.stop()
    print("as expected")


main()
