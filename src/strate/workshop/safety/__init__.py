"""Sécurité: what each product may do to people, what protects them, and where its waste goes."""
