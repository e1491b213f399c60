"""What is known of a lot (measured, certified, predicted), and the limits each of these must keep."""
