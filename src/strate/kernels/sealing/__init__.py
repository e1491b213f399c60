"""The seal: what was written down is proved unchanged by anyone, offline, without the shop's database."""
