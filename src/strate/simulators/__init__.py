"""Stand-in machines that speak the real protocols; the product never imports them."""
