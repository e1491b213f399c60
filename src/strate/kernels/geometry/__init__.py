"""The geometry kernel: reads, verifies, slices and weighs the exchange file of a part."""
