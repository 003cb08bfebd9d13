"""Serves the JupyterLab of this folder's build, with the server that Debian has (python3-jupyterlab-server)."""

import os

os.environ["JUPYTER_NO_CONFIG"] = "1"

from jupyter_core.paths import jupyter_runtime_dir  # noqa: E402
from jupyterlab_server import LabServerApp  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(HERE, "build")


class Lab(LabServerApp):
    name = __name__
    app_name = "lab"
    app_version = "4.6"
    default_url = extension_url = "/lab"
    load_other_extensions = False
    static_dir = BUILD
    templates_dir = HERE
    schemas_dir = os.path.join(BUILD, "schemas")
    themes_dir = os.path.join(BUILD, "themes")
    app_settings_dir = os.path.join(BUILD, "application_settings")
    # what a person chooses lasts as long as the server
    user_settings_dir = os.path.join(jupyter_runtime_dir(), "settings")
    workspaces_dir = os.path.join(jupyter_runtime_dir(), "workspaces")

    def initialize_settings(self):
        super().initialize_settings()
        self.serverapp.web_app.settings["terminals_available"] = False


def _jupyter_server_extension_points():
    return [{"module": __name__, "app": Lab}]


if __name__ == "__main__":
    Lab.launch_instance()
