"""A stand-in metal powder-bed printer: it behaves like one and speaks OPC UA, in its own process."""
