"""A notebook server of its own and a browser that looks at it, for the dialogues of this folder."""

import json
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
NOTEBOOK = {
    "cells": [],
    "metadata": {"kernelspec": {"name": "vethbook", "display_name": "Vethbook", "language": "groovy"}},
    "nbformat": 4,
    "nbformat_minor": 4,
}
# What a browser would otherwise ask the internet for, and the shared memory of a container, which is too small for it.
ALONE = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
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
    sys.exit(f"not seen within {LIMIT} s: {what() if callable(what) else what}")


class Server:
    """A notebook server on a free port of loopback, over a folder with one notebook."""

    def __init__(self, folder, command):
        """command: makes the server's command line from the port, the token and the folder"""
        (pathlib.Path(folder) / "n.ipynb").write_text(json.dumps(NOTEBOOK))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.token = secrets.token_hex()
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command(port, self.token, folder), stdout=self.log, stderr=self.log)
        wait_for(self.written, self.answers)

    def written(self):
        """What the server says, for when it does not answer."""
        self.log.seek(0)
        return "the notebook server; it wrote: " + self.log.read()

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.address}/api/status?token={self.token}") as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(LIMIT)
        self.log.close()


class Browser:
    """Chromium without a window, as a person would use it."""

    def __init__(self, profile):
        options = Options()
        for each in [*ALONE, f"--user-data-dir={profile}"]:
            options.add_argument(each)
        self.chromium = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def script(self, script):
        return self.chromium.execute_script(script)

    def keys(self):
        return ActionChains(self.chromium)

    def find(self, selector):
        return self.chromium.find_elements(By.CSS_SELECTOR, selector)

    def visible(self, selector):
        return [each for each in self.find(selector) if each.is_displayed()]

    def picture(self, file):
        self.chromium.save_screenshot(str(file))

    def quit(self):
        self.chromium.quit()


def run(keys):
    """Ctrl-Enter: stays in the cell."""
    return keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL)


def tab(keys):
    return keys.send_keys(Keys.TAB)


def shift_tab(keys):
    return keys.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT)
