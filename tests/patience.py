"""A busy computer draws examples slowly and answers late: that says nothing of what is tested, so nothing is timed."""

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
