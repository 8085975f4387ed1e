"""A derived store on disk: folders of which `manifest.json` names the one in use.

A store is built in a folder of its own and put into use by replacing the manifest, which is one
rename; a build that was not finished is named by nothing and swept away. The manifest also says
who made the store (token or embedding version), which revision of the records it has reached, and
what its files looked like when it was last closed in order.
"""

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

MANIFEST = "manifest.json"

# Relative path → (size in bytes, time of change in nanoseconds).
Files: TypeAlias = dict[str, tuple[int, int]]


class StoreBroken(Exception):
    """A derived store cannot be used and has to be built again; never shown to people."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The store in use. `files` is None while it is open, and after a crash."""

    build: str
    maker: str
    revision: int
    count: int = 0
    files: Files | None = None


class Builds:
    """The builds of one derived store under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def manifest(self) -> Manifest | None:
        """What is in use, None when there is nothing or it cannot be read."""
        try:
            stored = json.loads((self.folder / MANIFEST).read_text("utf-8"))
            manifest = Manifest(**stored)
        except (OSError, ValueError, TypeError):
            return None
        # A manifest is only a file: it may not point out of its folder.
        is_plain = manifest.build == Path(manifest.build).name
        return manifest if is_plain and self.path(manifest).is_dir() else None

    def path(self, manifest: Manifest) -> Path:
        """The folder of a build."""
        return self.folder / manifest.build

    def begin(self, maker: str) -> Manifest:
        """An empty folder for a new build, named by nothing until it is published."""
        manifest = Manifest(f"build-{secrets.token_hex(6)}", maker, revision=0)
        self.path(manifest).mkdir(parents=True)
        return manifest

    def publish(self, manifest: Manifest) -> None:
        """Puts a build into use, or notes how far it has come; one rename."""
        part = self.folder / f"{MANIFEST}.part"
        with part.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / MANIFEST)

    def sweep(self, keep: Manifest) -> None:
        """Removes every build but one."""
        for path in self.others(keep):
            shutil.rmtree(path, ignore_errors=True)

    def others(self, keep: Manifest) -> list[Path]:
        """The folders of every build but one."""
        return [path for path in self.folder.glob("build-*") if path.name != keep.build]

    def files(self, manifest: Manifest) -> Files:
        """The files of a build as they are now."""
        root = self.path(manifest)
        return {
            str(path.relative_to(root)): (path.stat().st_size, path.stat().st_mtime_ns)
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    def is_untouched(self, manifest: Manifest) -> bool:
        """Whether the build was closed in order and no file has changed since."""
        stored = manifest.files
        if stored is None:
            return False
        return {name: tuple(mark) for name, mark in stored.items()} == self.files(manifest)
