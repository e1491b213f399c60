"""The web side: settings, addresses, shared templates, the supervisor."""
