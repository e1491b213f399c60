"""Accessibility of the pages: axe-core finds nothing serious, every field has a label, no target is too small."""

import pytest

from tests.journeys.conftest import ROOT
from tests.journeys.tablet import PHONE, Tablet

pytestmark = pytest.mark.journey

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLOOR = [
    "/",
    "/ordres/",
    "/machines/",
    "/machines/LPBF-1/",
    "/machines/LPBF-1/signaux/",
    "/matieres/",
    "/gestes/",
    "/consignes/",
    "/anomalies/signaler/?kind=other",
]
DESK = [
    "/gammes/G-TI64-30/1/",
    "/modes-operatoires/lpbf-start-up/1/",
    "/pieces/EQ-1204/",
    "/securite/",
    "/maintenance/",
    "/anomalies/",
    "/blocages/",
    "/dossiers/",
]
OFFICE = [
    "/personnes/",
    "/personnes/nouvelle/",
    "/postes/",
    "/lieux/",
    "/reglages/",
    "/personnes/importer/",
    "/sante/",
    "/moi/",
]
CENTRE = [
    "/qualification/",
    "/qualification/referentiels/",
    "/qualification/jurys/",
    "/qualification/jurys/convoquer/",
    "/qualification/jurys/regles/",
    "/qualification/jurys/regles/quorum/",
    "/qualification/jurys/regles/inscription/",
    "/qualification/certificats/",
    "/qualification/certificats/cle/",
    "/qualification/modeles/",
    "/qualification/reclamations/",
]
SERIOUS = """async () => {
  const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = (await axe.run(document, {runOnly: levels})).violations;
  const where = (n) => n.target.join(' ') + ' — ' + n.failureSummary.split('\\n')[1];
  return found.filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.map(where).slice(0, 3).join(' | '));
}"""
# WCAG 2.5.8: 24 px; a link inside a sentence is exempt.
TOO_SMALL = """() => {
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const hidden = '.skip, [type=file], [type=radio], [type=checkbox], .visually-hidden';
  const small = (r) => r.width < 24 || r.height < 24;
  return [...document.querySelectorAll(targets)]
    .filter(e => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}))
    .filter(e => !e.closest('p, li > span, .visually-hidden') && !e.matches(hidden))
    .filter(e => small(e.getBoundingClientRect())).map(e => e.outerHTML.slice(0, 120));
}"""
UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(e => e.checkVisibility() && !e.labels?.length)
  .filter(e => !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby'))
  .map(e => e.outerHTML.slice(0, 120))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("who", "pages"),
    [("amina", FLOOR), ("driss", DESK), ("hugo", OFFICE), ("maud", CENTRE)],
    ids=["floor", "desk", "office", "centre"],
)
def test_the_pages_of_the_shop_are_for_everyone(tablet: Tablet, who: str, pages: list[str]) -> None:
    if not AXE.exists():
        pytest.fail("axe-core is not there: make test installs it (npm ci)")
    tablet.sign_in(who)
    tablet.page.set_viewport_size(PHONE)
    wrong: list[str] = []
    for address in pages:
        wrong += [f"{address} {each}" for each in _faults(tablet, address)]
    assert wrong == [], "\n".join(wrong)


def _faults(tablet: Tablet, address: str) -> list[str]:
    tablet.go(address)
    # The content policy refuses foreign scripts in a page; the browser itself may still be asked.
    tablet.page.evaluate(AXE.read_text())
    found = [str(each) for each in tablet.page.evaluate(SERIOUS)]
    found += [f"too small: {each}" for each in tablet.page.evaluate(TOO_SMALL)]
    found += [f"without a name: {each}" for each in tablet.page.evaluate(UNNAMED)]
    if tablet.page.evaluate(WIDER) > 0:
        found.append("wider than the screen")
    return found
