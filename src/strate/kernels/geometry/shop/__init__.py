"""What the shop needs to know of a file: powder to prepare, time to count with."""
