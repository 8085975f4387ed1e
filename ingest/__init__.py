"""文件 → Report: knows documents and the statutory form; nothing of questions, stores or models."""
