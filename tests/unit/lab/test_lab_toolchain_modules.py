"""Go modules as folders."""

from pathlib import Path

import pytest
from lab_machine import Machine, Spoken
from rayform.lab import ToolError
from rayform.lab.toolchain import KUBERAY_MODULE, module_dir
from rayform.lab.toolchain.modules import present

KUBERAY = KUBERAY_MODULE.path
PINNED = KUBERAY_MODULE.version


def has_go(machine: Machine, download: str) -> None:
    machine.has("go", f'case "$1" in env) echo go1.26.8; echo linux; echo amd64;; mod) {download};; esac')


def test_one_that_is_there_is_found_in_silence(machine: Machine, spoken: Spoken, tmp_path: Path) -> None:
    has_go(machine, f"""echo '{{"Dir": "{tmp_path}"}}'""")

    assert module_dir(KUBERAY, PINNED, spoken) == tmp_path
    assert spoken.lines == []


def test_one_that_is_not_there_is_downloaded_in_sight(machine: Machine, spoken: Spoken, tmp_path: Path) -> None:
    has_go(machine, f"""[ "$GOPROXY" = off ] && echo '{{"Error": "off"}}' || echo '{{"Dir": "{tmp_path}"}}'""")

    assert not present(KUBERAY, PINNED)
    assert module_dir(KUBERAY, PINNED, spoken) == tmp_path
    assert spoken.lines == [f"downloading {KUBERAY} {PINNED}"]


def test_a_pinned_one_is_asked_of_our_own_checksums(machine: Machine, spoken: Spoken, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    has_go(machine, f"""echo "$PWD $*" >> {asked}; echo '{{"Dir": "/"}}'""")
    module_dir(KUBERAY, PINNED, spoken)
    module_dir(KUBERAY, "v1.6.0", spoken)
    pinned, other = asked.read_text().splitlines()

    assert pinned.endswith(f"modules/kuberay mod download -json {KUBERAY}")
    assert other.endswith(f" mod download -json {KUBERAY}@v1.6.0")


def test_no_network_is_one_clear_error(machine: Machine, spoken: Spoken) -> None:
    has_go(machine, """echo '{"Error": "Get x: dial tcp: i/o timeout"}'; exit 1""")

    with pytest.raises(ToolError) as caught:
        module_dir(KUBERAY, PINNED, spoken)

    remedy = "connect, or set GOPROXY to a proxy that answers; what was fetched is kept"
    said = "Get x: dial tcp: i/o timeout"
    assert str(caught.value) == f"{KUBERAY} {PINNED}: its source cannot be fetched ({said}); {remedy}"
