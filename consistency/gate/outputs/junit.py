"""JUnit XML: a suite for each set, a case for each item."""
from __future__ import annotations

import re
from xml.etree import ElementTree

from consistency.gate.outputs.standing import heading, standings
from consistency.gate.result import CheckResult

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def junit(result: CheckResult) -> str:
    """A check result as JUnit XML.

    Items that count against the gate are failures. Those that fail in the baseline too, or are excused, are skipped,
    with the reason, so that what reads the file agrees with the exit code.
    """
    root = ElementTree.Element("testsuites", name="consistency check")
    standing = standings(result)
    for made in result.sets:
        own = [(item, how) for item, how in standing if item.item.set == made.name]
        suite = ElementTree.SubElement(
            root, "testsuite", name=_clean(made.name), tests=str(len(own)), errors="0",
            failures=str(sum(how == "failed" for _, how in own)),
            skipped=str(sum(how in ("known", "excused") for _, how in own)),
        )  # fmt: skip
        for item, how in own:
            about = {"classname": _clean(made.name), "name": _clean(item.item.id)}
            if item.item.path:
                about |= {"file": _clean(item.item.path), "line": str(item.item.line)}
            case = ElementTree.SubElement(suite, "testcase", about)
            if how == "failed":
                failure = ElementTree.SubElement(case, "failure", message=_clean(heading(item)), type="claim")
                failure.text = _clean(item.explain())
            elif how == "known":
                said = f"known failure, also in the baseline: {heading(item)}"
                ElementTree.SubElement(case, "skipped", message=_clean(said))
            elif how == "excused" and item.item.xfail is not None:
                said = f"xfail: {item.item.xfail.reason}: {heading(item)}"
                ElementTree.SubElement(case, "skipped", message=_clean(said))
    if result.shortfalls:
        # A figure is no item, and yet it closes the gate: a case of its own.
        suite = ElementTree.SubElement(
            root, "testsuite", name="fail-under", tests=str(len(result.shortfalls)),
            failures=str(len(result.shortfalls)), errors="0", skipped="0",
        )  # fmt: skip
        for missed in result.shortfalls:
            case = ElementTree.SubElement(suite, "testcase", classname="fail-under", name=_clean(missed.name))
            ElementTree.SubElement(case, "failure", message=_clean(str(missed)), type="figure")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
