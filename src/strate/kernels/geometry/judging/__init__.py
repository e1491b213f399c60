"""What is said of an exchange file: measured, doubted, found; never repaired."""
