"""The environment in which the engine runs on a lab: nothing of it outside the lab's state."""

import os
from pathlib import Path

from ..errors import storing
from ..lab import Lab
from ..paths import private
from ..progress import Progress
from ..toolchain import resolve
from .standins import standins, write_standins

PASSPHRASE = "rayform-lab"  # noqa: S105 - it protects nothing: the lab's state is private and holds no one's secrets
"""What encrypts secrets in a lab's state; settings that a lab's stack carries were encrypted with it."""


def engine_environment(lab: Lab, progress: Progress) -> dict[str, str]:
    """All of the environment for Pulumi on ``lab``: its own backend and home, the lab's kubeconfig, needed stand-ins.

    Plugins that the user has installed (``$PULUMI_HOME/plugins``) are used; where an official companion of the engine
    is absent, the lab's stands in, and ``progress`` says which.
    """
    pulumi, home = resolve("pulumi", progress), lab.state / "pulumi"
    backend, shims = private(home / "backend"), home / "standins"
    plugins = _plugins(home)
    companions = standins(pulumi, plugins)
    write_standins(shims, companions, progress)
    standing_in = [each.name for each in companions if each.official is None]
    if standing_in:
        progress.say(f"Not installed, so the lab's stand-ins are used: {', '.join(standing_in)}")
    return {
        **os.environ,
        "KUBECONFIG": str(lab.kubeconfig),
        "PATH": os.pathsep.join((str(shims), str(pulumi.parent), os.environ.get("PATH", os.defpath))),
        "PULUMI_BACKEND_URL": f"file://{backend}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_HOME": str(home),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def _plugins(home: Path) -> Path:
    """The folder of installed plugins, the user's own where there is one."""
    installed = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi") / "plugins"
    link = home / "plugins"
    with storing(link):
        if installed.is_dir() and not link.exists():
            link.symlink_to(installed)
    return link
