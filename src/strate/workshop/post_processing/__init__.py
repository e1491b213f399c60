"""Post-traitements: furnace, separation from the plate, supports; each cycle recorded against its recipe."""
