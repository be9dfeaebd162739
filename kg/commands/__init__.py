"""One module per command of `khabar`; each holds a click command named `command`."""
