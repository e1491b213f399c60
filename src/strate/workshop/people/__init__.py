"""Opérateurs: identity, stations, roles and authorisations: who may do what."""
