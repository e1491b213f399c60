"""The slow checks of a part, made when there is time: walls, overhangs, voids, islands, sudden layers."""
