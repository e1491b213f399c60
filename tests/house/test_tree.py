"""What never enters the repository: addresses of registries, paths of a machine, secrets, generated bundles."""

import json
import re
import subprocess

from tests.house.reading import ROOT, files, must_be_empty, name

TEXT = {"", ".py", ".sh", ".md", ".toml", ".json", ".js", ".css", ".html", ".typ"}
TEXT |= {".yaml", ".yml", ".po", ".txt", ".lock"}
# Spelled in pieces, so that this very file does not hold what it looks for.
ELSEWHERE = {
    "a path of one machine": re.compile("/" + r"(?:work|root|home/\w+)/|/tmp/" + "str" + "ate/"),
    "a private key": re.compile("-----BEGIN" + r" (?:EC |RSA )?PRIVATE KEY-----"),
    "a token": re.compile(r"\b(?:ghp|glpat|xox[bp])[-_][A-Za-z0-9]{16,}"),
}
REGISTRY = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\"")
UNFINISHED = re.compile(
    r"(?:#|//|<!--|{#).*\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise NotImplemented" + "Error"
)


def texts():
    return [p for p in files() if p.suffix in TEXT]


def lines_with(pattern, paths):
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                yield f"{name(path)}:{number} {line.strip()[:100]}"


def test_no_lock_file_says_where_it_was_fetched_from():
    locks = [p for p in files() if p.suffix == ".lock" or p.name in ("package-lock.json", ".npmrc")]
    assert len(locks) >= 4
    funding = re.compile(r"\"(?:url|homepage)\": \"https?://")
    must_be_empty(line for line in lines_with(REGISTRY, locks) if not funding.search(line))


def test_every_locked_library_has_its_hash():
    bare = []
    for path in (ROOT / "requirements").glob("*.lock"):
        entries = re.split(r"\n(?=[a-z0-9])", path.read_text())
        bare += [f"{path.name}: {e.split()[0]}" for e in entries if "==" in e and "--hash=sha256:" not in e]
    for path in (ROOT / "package-lock.json", ROOT / "tests/peers/foreign/package-lock.json"):
        packages = json.loads(path.read_text())["packages"]
        bare += [f"{name(path)}: {p}" for p, held in packages.items() if p and not held.get("integrity")]
    must_be_empty(bare)


def test_no_path_of_a_machine_and_no_secret_is_kept():
    for what, pattern in ELSEWHERE.items():
        must_be_empty(f"{what}: {line}" for line in lines_with(pattern, texts()))


def test_nothing_is_left_for_later_in_the_code():
    must_be_empty(lines_with(UNFINISHED, [p for p in texts() if p.suffix in (".py", ".js", ".sh", ".html")]))


def test_nothing_generated_is_kept():
    generated = (".mo", ".pyc", ".sqlite3", ".woff2", ".min.js", ".map")
    must_be_empty(name(p) for p in files() if p.name.endswith(generated))


def test_no_picture_of_the_documentation_is_heavy():
    heavy = [p for p in files() if p.suffix in (".png", ".jpg", ".webp") and p.stat().st_size > 200 * 1024]
    must_be_empty(f"{name(p)}: {p.stat().st_size // 1024} KB" for p in heavy)


def test_a_silent_except_never_hides_an_error():
    silent = re.compile(r"except(?: Exception| BaseException)?:\s*\n\s+pass\b")
    must_be_empty(
        f"{name(p)}: {found.group()!r}"
        for p in texts()
        if p.suffix == ".py"
        for found in silent.finditer(p.read_text())
    )


def test_scripts_can_be_run_and_stop_at_the_first_error():
    broken = []
    for path in [*(ROOT / "tools").glob("*.sh"), *(ROOT / "deploy").glob("*.sh"), ROOT / ".ci/run"]:
        if not path.stat().st_mode & 0o100:
            broken.append(f"{name(path)} cannot be executed")
        if not re.search(r"^set -euo pipefail$", path.read_text(), re.M):
            broken.append(f"{name(path)} goes on after an error")
        if subprocess.run(["bash", "-n", path], capture_output=True).returncode:
            broken.append(f"{name(path)} is not shell")
    must_be_empty(broken)
