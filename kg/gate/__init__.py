"""The gate: SHACL and evidence checks that decide what enters the store."""
