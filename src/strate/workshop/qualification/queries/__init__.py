"""What is known of references, candidates and their evaluation."""
