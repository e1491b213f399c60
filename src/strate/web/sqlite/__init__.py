"""SQLite with one fair writer: the embedded database of Strate."""
