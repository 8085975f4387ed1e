"""Questions to begin with, made from what the library really holds."""

from vectorstore.library import Library

MOST = 6


def starter_questions(library: Library) -> list[str]:
    """Up to six questions, each of which the library can answer; none for an empty library."""
    entries = [entry for entry in library.entries() if entry.current]
    if not entries:
        return []
    newest = max(entry.year for entry in entries)
    first = next(entry for entry in entries if entry.year == newest)
    last = entries[-1]
    return [
        f"{first.agency}{newest}年新收到多少件政府信息公开申请？",
        f"{newest}年各单位主动公开信息的条数，从多到少排一下",
        f"{newest}年各单位一共收到多少件申请？",
        f"哪些单位{newest}年没有收到申请？",
        f"{last.agency}存在哪些主要问题，怎么改进？",
        "“三安全一稳定”是什么意思？",
    ][:MOST]
