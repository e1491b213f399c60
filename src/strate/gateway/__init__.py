"""The machine side: drivers that follow real machines and a spool that loses nothing."""
