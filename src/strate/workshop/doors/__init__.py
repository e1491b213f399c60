"""Portes: how a page or an API call becomes an act, and how a refusal is spoken."""
