"""A plate: copies of parts, where they stand, what speaks against it, and the numbers of the whole."""
