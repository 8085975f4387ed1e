"""What is shipped beside the program agrees with the program, and is well formed."""

import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
VARIABLE = re.compile(r"NIANBAO_([A-Z_]+)")
# Of the compose file itself: where the host listens.
_OF_COMPOSE = {"LISTEN"}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [ROOT / "compose.yaml", ROOT / "Dockerfile", *sorted(PACKAGING.iterdir())],
    ids=lambda path: path.name,
)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(VARIABLE.findall(text(path))) - _OF_COMPOSE
    assert named <= {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", ["bundle.sh", "install.sh"])
def test_the_scripts_run_in_any_shell(name: str) -> None:
    """`make bundle` runs them with sh, which on Debian knows no pipefail."""
    script = PACKAGING / name
    assert text(script).startswith("#!/bin/sh\n") and "pipefail" not in text(script)
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


def test_the_bundle_holds_what_its_instructions_name() -> None:
    shipped = text(PACKAGING / "bundle.sh")
    for name in re.findall(r"(?:\./|cp |`)([a-z]+\.(?:sh|service|conf))", text(_instructions())):
        assert f"packaging/{name}" in shipped and (PACKAGING / name).is_file()


def _instructions() -> Path:
    return next(PACKAGING.glob("*.md"))


def test_the_image_is_built_from_what_it_may_see() -> None:
    seen = [line[1:] for line in text(ROOT / ".dockerignore").splitlines() if line.startswith("!")]
    for line in re.findall(r"^COPY (?!--)(.+)$", text(ROOT / "Dockerfile"), re.MULTILINE):
        *sources, _ = line.split()
        for source in sources:
            assert (ROOT / source).exists() and any(fnmatch(source, name) for name in seen)


def test_the_composed_page_is_shut_off_and_the_stores_are_not_reached_from_outside() -> None:
    composed = yaml.safe_load(text(ROOT / "compose.yaml"))
    services, networks = composed["services"], composed["networks"]
    assert services["page"]["read_only"] and services["page"]["cap_drop"] == ["ALL"]
    assert services["page"]["ports"] == ["${NIANBAO_LISTEN:-127.0.0.1:7860}:7860"]
    # Podman knows no uid= for a tmpfs.
    assert not any("uid=" in mount for mount in services["page"]["tmpfs"])
    for name in ("postgres", "chroma"):
        assert services[name]["profiles"] == [name] and "ports" not in services[name]
        assert all(networks[network]["internal"] for network in services[name]["networks"])


def test_the_service_is_well_formed_and_lets_libreoffice_see_what_it_needs(tmp_path: Path) -> None:
    unit = text(PACKAGING / "nianbao.service")
    assert "ProtectSystem=strict" in unit and "ProcSubset=pid\n" not in unit
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("本机没有 systemd-analyze。")
    here = tmp_path / "nianbao.service"
    here.write_text(unit.replace("/opt/nianbao/bin/nianbao", "/bin/true"), encoding="utf-8")
    call = [program, "verify", "--man=no", str(here)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "nianbao.service" not in done.stderr, done.stderr
