"""Characters and words: folding that keeps offsets, segments and zones, dates, quantities."""
