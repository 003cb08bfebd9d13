"""Works in the classic Notebook in a browser as a person does: Tab, Shift-Tab, output as it comes, a picture, a
question, Stop, restart. Needs Debian's jupyter-notebook, chromium-driver and python3-selenium, and a kernelspec named
vethbook on the Jupyter path. Ends with 0 when all went as expected; else it says what was missing.

    notebook_dialogue.py [PICTURE.png]      also keeps the page as it is at the end
"""

import os
import sys
import tempfile
import time

from selenium.webdriver.common.keys import Keys

from browser import Browser, Server, run, shift_tab, tab, wait_for


def notebook(port, token, folder):
    return [
        *("jupyter", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port-retries=0"),
        *(f"--port={port}", f"--NotebookApp.token={token}", f"--notebook-dir={folder}"),
    ]


class Page:
    """The notebook as a browser shows it."""

    def __init__(self, server, browser):
        self.browser = browser
        browser.chromium.get(f"{server.address}/notebooks/n.ipynb?token={server.token}")
        wait_for("the kernel", lambda: self.ask("Jupyter?.notebook?.kernel?.info_reply?.language_info?.name") == "groovy")

    def ask(self, expression):
        return self.browser.script(f"return window.{expression}")

    def types(self, code, *then):
        """Into a new cell at the end, by keyboard; then more keys."""
        self.browser.script(
            "Jupyter.notebook.insert_cell_at_bottom('code').focus_editor();"
            "Jupyter.notebook.select(Jupyter.notebook.ncells() - 1); Jupyter.notebook.edit_mode()"
        )
        keys = self.browser.keys()
        keys.send_keys(code)
        for each in then:
            keys = each(keys)
        keys.perform()

    def output(self):
        return self.ask("Jupyter.notebook.get_cells().slice(-1)[0].output_area.element.text()")

    def shows(self, text):
        wait_for(lambda: f"{text} below the cell; there is: {self.output()}", lambda: text in self.output())

    def is_idle(self):
        return not self.ask("Jupyter.notebook.kernel_busy")


def work(page):
    page.types("words = ['a', 'b']; words.size()", run)
    page.shows("2")

    page.types("words.collectEnt", tab)
    wait_for(
        "the completion of collectEntries",
        lambda: "collectEntries" in page.ask("Jupyter.notebook.get_selected_cell().get_text()")
        or page.browser.visible("#complete"),
    )
    page.types("println", shift_tab)
    wait_for("the help for println", lambda: any("println" in each.text for each in page.browser.visible("#tooltip")))
    page.browser.script("Jupyter.tooltip.remove_and_cancel_tooltip()")

    page.types("image(new java.awt.image.BufferedImage(40, 30, 1))", run)
    wait_for(
        "a picture of 40 times 30",
        lambda: page.ask(
            "document.querySelector('.output_area img[src^=\"data:image/png\"]')?.naturalWidth === 40"
        ),
    )

    page.types("name = input('Who is there? '); 'a ' + name", run)
    box = wait_for("the question", lambda: page.browser.visible("input.raw_input"))[0]
    box.send_keys("person", Keys.ENTER)
    page.shows("a person")

    page.types("println 'begun'; while (true) {", run)
    page.shows("begun")
    assert not page.is_idle(), "the loop does not run"
    page.browser.find("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']")[0].click()
    page.shows("Interrupted")
    wait_for("the end of the loop", page.is_idle)
    page.types("name.length()", run)
    page.shows("6")

    page.browser.script("Jupyter.notebook.restart_kernel({confirm: false})")
    time.sleep(1)
    wait_for("the kernel after its restart", lambda: page.ask("Jupyter.notebook.kernel.is_connected()") and page.is_idle())
    page.types("name", run)
    page.shows("Cannot find")


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        os.environ.setdefault("JUPYTER_RUNTIME_DIR", profile)
        server = Server(folder, notebook)
        try:
            browser = Browser(profile)
            try:
                work(Page(server, browser))
            finally:
                if len(sys.argv) > 1:
                    browser.picture(sys.argv[1])
                browser.quit()
        finally:
            server.stop()
    print("as expected")


main()
