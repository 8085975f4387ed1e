"""What the program needs on this machine, and what of it is missing: `nianbao doctor`.

Each check looks at one thing and says in one sentence what was found, or what to do. What is only
needed for some files or some settings is `missing` without being a failure.
"""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from assistant.opening import open_accounts, open_library, open_model
from assistant.settings import Settings
from ingest.errors import NianbaoError
from ingest.readers.tesseract import is_installed as has_tesseract

State: TypeAlias = Literal["ok", "missing", "failed"]

# The library, its indexes and the uploads of a day; below this, writing soon fails.
_LEAST_FREE_GB: Final = 2.0
_GIGABYTE: Final = 1024**3
_CHINESE_FONTS: Final = ("fc-list", ":lang=zh", "family")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: fine, missing (something optional), or failed (something needed)."""

    name: str
    state: State
    sentence: str


def diagnose(settings: Settings, port: int) -> Iterator[Diagnosis]:
    """What was found, one thing after another, the quick ones first."""
    yield _disk(settings)
    yield _port(port)
    yield _recognition()
    yield _office()
    yield _fonts()
    yield _accounts(settings)
    yield _model(settings)
    yield from _library(settings)


def _disk(settings: Settings) -> Diagnosis:
    folder = settings.data.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / _GIGABYTE
    sentence = f"{settings.data} 所在的磁盘还有 {free:.1f} GB。"
    if free < _LEAST_FREE_GB:
        return Diagnosis("磁盘", "failed", f"{sentence}请腾出 {_LEAST_FREE_GB:.0f} GB 以上。")
    return Diagnosis("磁盘", "ok", sentence)


def _port(port: int) -> Diagnosis:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            return Diagnosis(
                "端口", "missing", f"{port} 已有程序在用：或是网页正在运行，或请用 --port 换一个。"
            )
    return Diagnosis("端口", "ok", f"{port} 空着。")


def _recognition() -> Diagnosis:
    if has_tesseract():
        return Diagnosis("文字识别", "ok", "装有 tesseract 与简体中文，扫描件和照片读得了。")
    return Diagnosis(
        "文字识别",
        "missing",
        "没有 tesseract 或它的简体中文，扫描件读不了；"
        "请装 tesseract-ocr 和 tesseract-ocr-chi-sim。",
    )


def _office() -> Diagnosis:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        return Diagnosis("旧版 Word", "ok", "装有 LibreOffice，.doc 和 .wps 读得了。")
    return Diagnosis(
        "旧版 Word", "missing", "没有 LibreOffice，.doc 读不了；请装 libreoffice-writer。"
    )


def _fonts() -> Diagnosis:
    program = shutil.which(_CHINESE_FONTS[0])
    listed = (
        subprocess.run(
            [program, *_CHINESE_FONTS[1:]], capture_output=True, text=True, check=False
        ).stdout
        if program
        else ""
    )
    if listed.strip():
        return Diagnosis("中文字体", "ok", f"有 {len(set(listed.splitlines()))} 种。")
    return Diagnosis(
        "中文字体",
        "missing",
        "没有找到中文字体，服务器上转换旧版 Word 会缺字；请装 fonts-noto-cjk（读者的浏览器不受影响）。",
    )


def _accounts(settings: Settings) -> Diagnosis:
    try:
        accounts = open_accounts(settings)
        count = len(accounts.all()) if accounts else 0
    except NianbaoError as error:
        return Diagnosis("账号", "failed", str(error))
    if accounts is None:
        return Diagnosis("账号", "missing", "NIANBAO_AUTH=off，不须登录；前面须另有登录把关。")
    if not count:
        return Diagnosis(
            "账号",
            "missing",
            "还没有账号，只能在本机使用；要供别人使用，请运行 nianbao users add 姓名 --role admin。",
        )
    return Diagnosis("账号", "ok", f"有 {count} 个，须登录使用。")


def _model(settings: Settings) -> Diagnosis:
    if not settings.model:
        return Diagnosis("语言模型", "ok", "没有设，也不需要：数字、核查、起草都不用它。")
    from assistant.model import Turn

    try:
        model = open_model(settings)
        words = "".join(model.reply([Turn("user", "只回答：好")])) if model else ""
    except NianbaoError as error:
        return Diagnosis("语言模型", "failed", str(error))
    return Diagnosis("语言模型", "ok", f"{settings.model} 应答正常（{len(words)} 字）。")


def _library(settings: Settings) -> Iterator[Diagnosis]:
    """The library opened as the page would, which also reaches its database and its vectors."""
    if not settings.database and not settings.data.is_dir():
        yield Diagnosis("资料库", "ok", f"{settings.data} 还没有，第一次存入年报时建立。")
        return
    said: list[str] = []
    try:
        with open_library(settings, said.append) as library:
            entries = library.entries()
            library.warm()
            where = "数据库" if settings.database else "资料库"
            yield Diagnosis(where, "ok", f"能打开，有 {len(entries)} 份年报。")
            read_only = library.read_only
    except NianbaoError as error:
        yield Diagnosis("资料库", "failed", str(error))
        return
    if read_only:
        yield Diagnosis("资料库", "failed", f"{settings.data} 只读，存不进新年报；请检查目录权限。")
    for line in said:
        yield Diagnosis("资料库", "ok", line)
