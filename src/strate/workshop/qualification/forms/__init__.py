"""The fields of qualification."""
