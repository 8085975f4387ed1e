"""What the doors' parameters mean, in the words that programs show; one wording for every door."""

from collections.abc import Mapping
from typing import Final

PARAMETERS: Final[Mapping[str, str]] = {
    "question": "用中文提的问题，如：2024年各单位一共收到多少件申请？",
    "history": '此前的对话，旧的在前：[{"role": "user" 或 "assistant", "content": "…"}]',
    "concept": "指标，写作 表/行/列，如 requests/new/total（本年新收、总计），见 docs/reference.md",
    "agencies": "单位全称，可多个；不给则全部",
    "years": "年度，可多个；不给则全部",
    "path": "年报文件在本机的路径",
    "name": "年报的文件名，带后缀",
    "content": "文件内容，base64 编码",
    "file": "年报文件：PDF、Word、网页、Markdown、文本或图片",
}
