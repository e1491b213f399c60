"""A part cut into layers: areas, outlines, masks, at any thickness."""
