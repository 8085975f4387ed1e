"""Drafts kept on disk between sittings, each writer's apart, and what stays of an agency.

The invariant: a file is replaced as a whole or not at all, and what is no draft's own identifier
never becomes a path. Several pages may write at the same time: one lock a writer.
"""

import hashlib
import json
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from assistant.drafting.preamble import Profile
from assistant.drafting.workbook import Workbook
from ingest.errors import NianbaoError, os_reason
from ingest.report_json import report_from_dict, report_to_dict

logger = logging.getLogger(__name__)

_ID = re.compile(r"[0-9a-f]{16}")
_WAIT_S = 10
_PROFILES = "profiles.json"
_WORKBOOK = TypeAdapter(Workbook)
_PROFILE = TypeAdapter(dict[str, Profile])


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft in the list of what can be gone on with. `changed` is seconds since 1970."""

    id: str
    agency: str
    year: int
    changed: float


def new_draft_id() -> str:
    """An identifier that nobody guesses."""
    return secrets.token_hex(8)


class SavedDrafts:
    """The drafts of one writer under a data directory; `owner` is "" where nobody signs in."""

    def __init__(self, data: Path, owner: str = "") -> None:
        key = hashlib.sha256(owner.encode()).hexdigest()[:16] if owner else "shared"
        self._folder = data / "drafts" / key

    def entries(self) -> list[SavedDraft]:
        """What can be gone on with, the latest first; a damaged file is left out."""
        found = []
        for path in self._folder.glob("*.json"):
            if not _ID.fullmatch(path.stem):
                continue
            try:
                workbook, changed = _read(path), path.stat().st_mtime
            except NianbaoError as error:
                logger.warning("%s", error)
                continue
            found.append(SavedDraft(path.stem, workbook.agency, workbook.year, changed))
        return sorted(found, key=lambda entry: -entry.changed)

    def load(self, draft_id: str) -> Workbook:
        """The draft; an empty one where nothing was saved under the identifier yet.

        Raises NianbaoError for a damaged file and for what is no identifier.
        """
        path = self._path(draft_id)
        return _read(path) if path.exists() else Workbook()

    def change(self, draft_id: str, change: Callable[[Workbook], Workbook]) -> Workbook:
        """The draft after a change, saved; no other change comes between reading and writing.

        Raises NianbaoError where it cannot be read or written.
        """
        path = self._path(draft_id)
        with self._locked():
            before = _read(path) if path.exists() else Workbook()
            after = change(before)
            if after is not before:
                _write(path, _to_bytes(after))
        return after

    def remove(self, draft_id: str) -> None:
        """Forgets a draft for good."""
        with self._locked():
            self._path(draft_id).unlink(missing_ok=True)

    def profile(self, agency: str) -> Profile:
        """What is remembered of an agency; an empty profile where nothing is."""
        return self._profiles().get(agency, Profile())

    def remember(self, agency: str, profile: Profile) -> None:
        """Keeps the profile for this agency's next draft."""
        if not agency or profile in (Profile(), self.profile(agency)):
            return
        with self._locked():
            profiles = {**self._profiles(), agency: profile}
            _write(self._folder / _PROFILES, _PROFILE.dump_json(profiles))

    def _profiles(self) -> Mapping[str, Profile]:
        try:
            return _PROFILE.validate_json((self._folder / _PROFILES).read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            logger.warning("profiles cannot be read: %s", error)
            return {}

    def _path(self, draft_id: str) -> Path:
        if not _ID.fullmatch(draft_id):
            raise NianbaoError("没有这份草稿。请新建一份，或从“我的草稿”里选择。")
        return self._folder / f"{draft_id}.json"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "lock", timeout=_WAIT_S):
                yield
        except Timeout:
            raise NianbaoError("草稿正被另一个页面改动，请稍后再试。") from None
        except OSError as error:
            raise NianbaoError(
                f"草稿保存不了：{os_reason(error)}。请检查数据目录的权限和磁盘空间。"
            ) from error


def _to_bytes(workbook: Workbook) -> bytes:
    bare = replace(workbook, last_year=None)
    content = {
        "workbook": _WORKBOOK.dump_python(bare, mode="json"),
        "last_year": report_to_dict(workbook.last_year) if workbook.last_year else None,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _read(path: Path) -> Workbook:
    try:
        content = json.loads(path.read_bytes())
        workbook = _WORKBOOK.validate_python(content["workbook"])
        last_year = content["last_year"]
        return replace(workbook, last_year=report_from_dict(last_year) if last_year else None)
    except OSError as error:
        raise NianbaoError(f"草稿打不开：{os_reason(error)}。") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NianbaoError(f"草稿文件 {path.name} 已损坏，读不出来；请新建一份。") from error


def _write(path: Path, content: bytes) -> None:
    """Replaces the file as a whole: after a crash there is the old one or the new one."""
    temporary = path.with_suffix(f".{secrets.token_hex(4)}.new")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
