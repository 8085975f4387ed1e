"""The library on disk: records, vectors, originals. Knows Report and Chunk; nothing of rules."""
