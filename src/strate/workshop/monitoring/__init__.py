"""Suivi: the build layer by layer, as the machine tells it; what nobody saw is shown as unseen."""
