"""Commands: what `gongxue` does on the command line, a module each; `gongxue.cli` is the door."""
