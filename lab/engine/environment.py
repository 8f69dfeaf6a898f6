"""The environment in which the engine runs on a lab: nothing of it outside the lab's state."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from ..aws import aws_environment, aws_programs
from ..lab import Lab
from ..paths import private
from ..progress import Progress
from ..toolchain import resolve
from .standins import standins, write_plugins

PASSPHRASE = "rayform-lab"  # noqa: S105 - it protects nothing: the lab's state is private and holds no one's secrets
"""What encrypts secrets in a lab's state; settings that a lab's stack carries were encrypted with it."""


def engine_environment(lab: Lab, progress: Progress) -> dict[str, str]:
    """All of the environment for Pulumi on ``lab``: its own backend and home, the lab's kubeconfig, needed stand-ins.

    Plugins that the user has installed (``$PULUMI_HOME/plugins``) are used; where an official companion of the engine
    is absent, the lab's stands in, and ``progress`` says which is which.
    """
    pulumi, home = resolve("pulumi", progress), private(lab.state / "pulumi")
    installed = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi") / "plugins"
    companions = standins(pulumi, installed)
    write_plugins(home, companions, installed, progress)
    used = (f"{each.name} ({each.official or 'the stand-in of the lab'})" for each in companions)
    progress.say(f"Engine: {pulumi}, with {', '.join(used)}")
    own = (str(aws_programs(lab.state)),) if lab.aws else ()
    return {
        **{name: value for name, value in os.environ.items() if not (lab.aws and name.startswith("AWS_"))},
        **(aws_environment(lab.state) if lab.aws else {}),
        **_direct(lab),
        "KUBECONFIG": str(lab.kubeconfig),
        "PATH": os.pathsep.join((*own, str(pulumi.parent), os.environ.get("PATH", os.defpath))),
        "PULUMI_BACKEND_URL": f"file://{private(home / 'backend')}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_HOME": str(home),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def _direct(lab: Lab) -> dict[str, str]:
    """No proxy comes between the engine, its plugins and the lab."""
    from ..controlplane.kubeconfig import server_of  # noqa: PLC0415 - brings cryptography, an extra

    server = urlsplit(server_of(lab.kubeconfig)).hostname or ""
    hosts = filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1", "localhost", server))
    value = ",".join(dict.fromkeys(hosts))
    return {"NO_PROXY": value, "no_proxy": value}
