"""Text search that reads Arabic: folded letters, particles written onto words, an index for each version."""
