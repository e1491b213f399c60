"""The sentences of a reference and of a candidate's file, up to its signature."""
