"""The skin of a part: its triangles, the corners they share, the shells they close."""
