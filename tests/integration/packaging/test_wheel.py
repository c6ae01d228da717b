"""A wheel built from the tree runs outside of it, with everything it needs inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from tests.support.needs import miss

ROOT = Path(__file__).resolve().parents[3]
TIMEOUT_SECONDS = 900
LEAST_SETUPTOOLS = 77  # as pyproject.toml has it
NOT_SHIPPED = {"__pycache__"}


def run(command: Sequence[str | Path], *, folder: Path, home: Path) -> str:
    """What a program prints that runs in this folder with this home; it must end well."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def need_setuptools() -> None:
    """End the test without the locked build tool."""
    with suppress(PackageNotFoundError):
        if int(version("setuptools").partition(".")[0]) >= LEAST_SETUPTOOLS:
            return
    miss(f"no setuptools {LEAST_SETUPTOOLS}: pip install --require-hashes -r deploy/build.lock")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that the tree stays as it is."""
    need_setuptools()
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    for name in {package.partition(".")[0] for package in packages}:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tree)
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, "."], folder=tree, home=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment with the wheel in it, which borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], folder=folder, home=folder)
    # A path line adds the folder without its own .pth files, so the tree's editable installation stays out.
    (site_packages,) = folder.glob("lib/python*/site-packages")
    (site_packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_every_data_file_of_the_packages_is_in_the_wheel(installed: Path) -> None:
    (site_packages,) = installed.parent.glob("lib/python*/site-packages")
    packages = [
        path for path in ROOT.iterdir() if (path / "__init__.py").exists() and (site_packages / path.name).is_dir()
    ]
    shipped = [
        path.relative_to(ROOT)
        for package in packages
        for path in package.rglob("*")
        if path.is_file() and not NOT_SHIPPED & set(path.parts)
    ]
    assert len(packages) >= 8
    assert [str(path) for path in shipped if not (site_packages / path).exists()] == []


def test_the_demo_runs_in_an_empty_folder(installed: Path, tmp_path: Path, home: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = run([installed / "newsdex", "demo", "--once"], folder=tmp_path / "empty", home=home)
    assert "Afghan Taliban hold talks with opponent group in Iran" in said
    assert "1 edited; both versions are kept" in said
    assert list((tmp_path / "empty").iterdir()) == []
    where = run([installed / "python", "-c", "import cli; print(cli.__file__)"], folder=tmp_path / "empty", home=home)
    assert Path(where).is_relative_to(installed.parent)


def test_a_beginner_finds_settings_and_sources(installed: Path, tmp_path: Path, home: Path) -> None:
    (tmp_path / "empty").mkdir()
    run([installed / "newsdex", "init"], folder=tmp_path / "empty", home=home)
    assert (tmp_path / "empty" / "newsdex.yaml").is_file()
    assert "trtworld" in run([installed / "newsdex", "sources", "list"], folder=tmp_path / "empty", home=home)
