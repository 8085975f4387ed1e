"""The files of an embedding model on disk: what they are together, and which are refused."""

import hashlib
from pathlib import Path

from ingest.errors import NianbaoError
from vectorstore.tokens import TOKENS_VERSION

_DANGEROUS = frozenset({".py", ".bin", ".pkl", ".pickle", ".pt", ".pth", ".ckpt"})
_COUNTED = frozenset({".safetensors", ".json", ".txt", ".model"})


def content_hash(folder: Path) -> str:
    """Twelve digits that differ when the weights, their settings or our tokens differ."""
    digest = hashlib.sha256(TOKENS_VERSION.encode())
    for path in sorted(folder.rglob("*")):
        if path.suffix in _COUNTED:
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def refuse_dangerous_files(folder: Path) -> None:
    """Raise NianbaoError when a model folder holds a file that could run on loading.

    Loading a model can run the programs in its folder (CVE-2026-68770), and a pickle is a program.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _DANGEROUS:
            raise NianbaoError(
                f"向量模型目录 {folder} 含有可执行内容的文件 {path.relative_to(folder)}，已拒绝加载；"
                "请改用只含 safetensors 权重的模型，或确认无用后删除该文件。"
            )
