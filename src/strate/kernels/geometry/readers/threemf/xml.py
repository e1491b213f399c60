"""Reads XML strictly: UTF-8, no DTD, no entity, no duplicate attribute; well-formed or refused."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from xml.parsers import expat

from strate.kernels.geometry.refusal import FileRefused

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance"
MAX_DEPTH = 200
MAX_SMALL_BYTES = 16_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0\xfe\xff", b"\0\0\0<")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def xml_parser(part: str) -> expat.XMLParserType:
    """A parser that knows nothing but elements, attributes and text of UTF-8 XML 1.0."""
    parser = expat.ParserCreate(encoding="UTF-8", namespace_separator=" ")
    parser.buffer_text = True
    if hasattr(parser, "SetReparseDeferralEnabled"):
        parser.SetReparseDeferralEnabled(False)
    parser.specified_attributes = True

    def declared(version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0":
            raise FileRefused("3mf_xml_version", part=part, version=version[:20])
        if encoding is not None and encoding.upper() not in ("UTF-8", "UTF8"):
            raise FileRefused("3mf_not_utf8", part=part, encoding=encoding[:20])

    def doctype(*_: object) -> None:
        raise FileRefused("3mf_dtd", part=part)

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    return parser


def check_encoding(data: bytes, part: str) -> None:
    if data.startswith(_UTF_16):
        raise FileRefused("3mf_not_utf8", part=part, encoding="UTF-16/32")
    if not data.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n"):
        raise FileRefused("3mf_xml_empty", part=part)


def broken_xml(data: bytes, part: str, at: int, error: expat.ExpatError) -> FileRefused:
    """The refusal of a text that is not XML, with the line where it stops being so."""
    reason = expat.ErrorString(error.code)
    line = data.count(b"\n", 0, max(0, min(at, len(data)))) + 1
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]:
        return FileRefused("3mf_duplicate_attribute", part=part, line=line)
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]:
        return FileRefused("3mf_entity", part=part, line=line)
    return FileRefused("3mf_xml_broken", part=part, line=line, reason=reason)


def parse_whole(data: bytes, part: str, start: Start, end: End, text: Text | None = None) -> None:
    """Read a small XML part from end to end."""
    if len(data) > MAX_SMALL_BYTES:
        raise FileRefused("3mf_xml_too_big", part=part, size_bytes=len(data), limit_bytes=MAX_SMALL_BYTES)
    check_encoding(data, part)
    parser = xml_parser(part)
    depth = 0

    def deeper(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise FileRefused("3mf_xml_too_deep", part=part, limit=MAX_DEPTH)
        start(name, attributes)

    def higher(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser.StartElementHandler, parser.EndElementHandler = deeper, higher
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise broken_xml(data, part, parser.ErrorByteIndex, error) from error
