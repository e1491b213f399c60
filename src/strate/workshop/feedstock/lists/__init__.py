"""Lists made elsewhere about powder: materials, the stock and its containers, certificates, specifications."""

from strate.workshop.feedstock.lists import certificates, limits, materials, stock

__all__ = ["certificates", "limits", "materials", "stock"]
