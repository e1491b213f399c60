"""Qualification: from signed work to the certificate: references, candidates, evaluation, jury, award."""
