"""What the kernel says, in French and in English."""
