"""The printer's OPC UA face: what another machine sees of it over the network."""
