"""What a part looks like, made small enough for a tablet: its mesh at a few levels of detail, its layers in blocks."""
