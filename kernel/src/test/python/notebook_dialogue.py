"""Works in the classic Notebook in a browser as a person does: Tab, Shift-Tab, output as it comes, a picture, a
question, Stop, restart. Needs Debian's jupyter-notebook, chromium-driver and python3-selenium, and a kernelspec named
vethbook on the Jupyter path. Ends with 0 when all went as expected; else it says what was missing.

    notebook_dialogue.py [PICTURE.png]      also keeps the page as it is at the end
"""

import json
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

LIMIT = 60
CELL = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": ""}
NOTEBOOK = {
    "cells": [],
    "metadata": {"kernelspec": {"name": "vethbook", "display_name": "Vethbook", "language": "groovy"}},
    "nbformat": 4,
    "nbformat_minor": 4,
}
# What a browser would otherwise ask the internet for.
ALONE = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,1000",
]


def wait_for(what, look):
    """The first true answer of look."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    sys.exit(f"not seen within {LIMIT} s: {what}")


class Server:
    """A notebook server on a free port of loopback, over a folder with one notebook."""

    def __init__(self, folder):
        (pathlib.Path(folder) / "n.ipynb").write_text(json.dumps(NOTEBOOK))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.token = secrets.token_hex()
        self.process = subprocess.Popen(
            [
                *("jupyter", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port-retries=0"),
                *(f"--port={self.address.rsplit(':')[-1]}", f"--NotebookApp.token={self.token}"),
                f"--notebook-dir={folder}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for("the notebook server", self.answers)

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.address}/api/status?token={self.token}") as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(LIMIT)


class Page:
    """The notebook as a browser shows it."""

    def __init__(self, server, profile):
        options = Options()
        for each in [*ALONE, f"--user-data-dir={profile}"]:
            options.add_argument(each)
        self.browser = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.browser.get(f"{server.address}/notebooks/n.ipynb?token={server.token}")
        wait_for("the kernel", lambda: self.ask("Jupyter?.notebook?.kernel?.info_reply?.language_info?.name") == "groovy")

    def ask(self, expression):
        return self.browser.execute_script(f"return window.{expression}")

    def types(self, code, *then):
        """Into a new cell at the end, by keyboard; then more keys."""
        self.browser.execute_script(
            "Jupyter.notebook.insert_cell_at_bottom('code').focus_editor();"
            "Jupyter.notebook.select(Jupyter.notebook.ncells() - 1); Jupyter.notebook.edit_mode()"
        )
        keys = ActionChains(self.browser)
        keys.send_keys(code)
        for each in then:
            keys = each(keys)
        keys.perform()

    def output(self):
        return self.ask("Jupyter.notebook.get_cells().slice(-1)[0].output_area.element.text()")

    def shows(self, text):
        wait_for(f"{text} below the cell; there is: {self.output()}", lambda: text in self.output())

    def is_idle(self):
        return not self.ask("Jupyter.notebook.kernel_busy")

    def visible(self, selector):
        return [each for each in self.browser.find_elements(By.CSS_SELECTOR, selector) if each.is_displayed()]


def shift_enter(keys):
    return keys.key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT)


def run(keys):
    """Ctrl-Enter: stays in the cell."""
    return keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL)


def tab(keys):
    return keys.send_keys(Keys.TAB)


def shift_tab(keys):
    return keys.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT)


def work(page):
    page.types("words = ['a', 'b']; words.size()", run)
    page.shows("2")

    page.types("words.collectEnt", tab)
    wait_for(
        "the completion of collectEntries",
        lambda: "collectEntries" in page.ask("Jupyter.notebook.get_selected_cell().get_text()")
        or page.visible("#complete"),
    )
    page.types("println", shift_tab)
    wait_for("the help for println", lambda: any("println" in each.text for each in page.visible("#tooltip")))
    page.browser.execute_script("Jupyter.tooltip.remove_and_cancel_tooltip()")

    page.types("image(new java.awt.image.BufferedImage(40, 30, 1))", run)
    wait_for(
        "a picture of 40 times 30",
        lambda: page.ask(
            "document.querySelector('.output_area img[src^=\"data:image/png\"]')?.naturalWidth === 40"
        ),
    )

    page.types("name = input('Who is there? '); 'a ' + name", run)
    box = wait_for("the question", lambda: page.visible("input.raw_input"))[0]
    box.send_keys("person", Keys.ENTER)
    page.shows("a person")

    page.types("println 'begun'; while (true) {", run)
    page.shows("begun")
    assert not page.is_idle(), "the loop does not run"
    page.browser.find_element(By.CSS_SELECTOR, "button[data-jupyter-action='jupyter-notebook:interrupt-kernel']").click()
    page.shows("Interrupted")
    wait_for("the end of the loop", page.is_idle)
    page.types("name.length()", run)
    page.shows("6")

    page.browser.execute_script("Jupyter.notebook.restart_kernel({confirm: false})")
    time.sleep(1)
    wait_for("the kernel after its restart", lambda: page.ask("Jupyter.notebook.kernel.is_connected()") and page.is_idle())
    page.types("name", run)
    page.shows("Cannot find")


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        os.environ.setdefault("JUPYTER_RUNTIME_DIR", os.path.join(profile, "runtime"))
        server = Server(folder)
        try:
            page = Page(server, profile)
            try:
                work(page)
            finally:
                if len(sys.argv) > 1:
                    page.browser.save_screenshot(sys.argv[1])
                page.browser.quit()
        finally:
            server.stop()
    print("as expected")


main()
