"""The store: one writer, published immutable versions, readers of the current one."""
