"""Strate: an open production system for powder-bed additive manufacturing."""
