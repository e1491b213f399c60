"""Two revisions of a file, or a scan and its nominal, put side by side: what moved, where, by how much."""
