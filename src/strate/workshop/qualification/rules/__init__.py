"""The laws of qualification."""
