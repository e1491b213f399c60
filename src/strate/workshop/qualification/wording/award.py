"""The sentences of certificates, archives, layouts and keys."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PAPERS = {
    "invitation": _("Invitation of a juror"),
    "attendance": _("Attendance sheet"),
    "minutes": _("Minutes"),
    "rectification": _("Rectification"),
    "notification": _("Letter to the candidate"),
    "transmission": _("List for the technical group"),
    "certificate": _("Certificate"),
    "block_certificate": _("Certificate of a block"),
    "attestation": _("Internal attestation"),
}
AWARD_KINDS = {
    "whole": (pgettext_lazy("certificate", "CQPM"), "sealed"),
    "block": (pgettext_lazy("certificate", "block"), "sealed"),
    "internal": (pgettext_lazy("certificate", "internal, worth no CQPM"), "waiting"),
}
CHOICES = {"paper": PAPERS}

REFUSALS = {
    "no_such_certificate": _("No certificate is called « %(certificate)s »."),
    "no_such_paper": _("« %(paper)s » is not a kind of paper."),
    "award_before_the_jury": _(
        "No jury has decided for %(candidate)s, its minutes signed: only the jury awards."
    ),
    "award_competences_missing": _("Competences not validated, or no longer kept: %(competences)s."),
    "award_file_of_a_block": _("%(candidate)s is registered for a block, not for the whole certificate."),
    "award_block_needs_rncp": _(
        "« %(block)s »: block certificates are issued only while the certificate is registered at the RNCP."
    ),
    "award_block_without_code": _("« %(block)s » has no code: the centre enters it before any certificate."),
    "certificate_already_issued": _("This certificate of %(candidate)s was already issued."),
    "certificate_revoked_already": _("%(certificate)s was already withdrawn."),
    "nothing_to_attest": _("The commission proposed no competence of %(candidate)s as acquired."),
    "issuer_key_missing": _("The centre has entered no key: only internal attestations can be signed here."),
    "issuer_key_lost": _("The private half of the centre's key is not on this server (%(did)s)."),
    "issuer_key_not_read": _("This is not an Ed25519 private key (PEM)."),
    "issuer_key_is_the_factory": _(
        "This is the factory's key: it signs internal attestations and nothing else."
    ),
    "issuer_key_known": _("This key was already entered, or another at the same time: %(did)s."),
    "layout_does_not_print": _("This layout does not print: %(problem)s"),
    "layout_put_meanwhile": _("Another layout was put in place at the same time: read it first."),
    "file_not_decided": _("No jury has decided for %(candidate)s: its folder stays open."),
    "archived_file_altered": _("A file of the folder is not what was kept: %(digest)s."),
}
FACTS = {
    "qualification.certificate_awarded": _("%(certificate)s awarded to %(candidate)s: %(name)s"),
    "qualification.block_awarded": _("%(certificate)s issued to %(candidate)s for the block: %(name)s"),
    "qualification.attested": _("Internal attestation %(certificate)s given to %(candidate)s, worth no CQPM"),
    "qualification.certificate_revoked": _("%(certificate)s withdrawn"),
    "qualification.certificate_shut": _("Page of %(certificate)s shut: the name on it has had its time"),
    "qualification.file_archived": _("Folder of %(candidate)s closed and signed"),
    "qualification.layout_put": _("Layout of the centre in force, version %(version)s: %(paper)s"),
    "qualification.layout_dropped": _("Layout of the house again: %(paper)s"),
    "qualification.issuer_key_entered": _("Key of %(centre)s entered: %(did)s"),
}
MEANINGS = {
    "certificate_awarded": _("Certificate awarded"),
    "attested": _("Internal attestation"),
    "certificate_revoked": _("Certificate withdrawn"),
    "issuer_key_entered": _("Key of the centre entered"),
}
