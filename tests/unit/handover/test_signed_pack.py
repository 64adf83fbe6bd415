"""The signed report: public tools agree with Larry, and nobody can put another report in its place."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from finished_site import facts_of

from larry.handover.build_checklist import build_checklist
from larry.handover.pack import Pack, build_pack
from larry.handover.pack_manifest import MANIFEST, REPORT, SUMS, file_entries, json_bytes, sums_text
from larry.handover.read_signatures import read_signatures
from larry.handover.read_zip import read_zip
from larry.handover.sign_report import INSTALLER_FIELD, OWNER_FIELD, sign_report
from larry.handover.signing_key import SigningKey
from larry.handover.stored_zip import write_stored_zip
from larry.handover.verify_pack import verify_pack_bytes
from larry.storage.exchange_json import exchange_document


def signed_pack(key: SigningKey) -> Pack:
    facts = facts_of()
    document = exchange_document(facts.site)
    return build_pack(facts, build_checklist(facts), document, draft=False, signer=key)


@pytest.fixture(scope="module")
def pack(installer_key: SigningKey) -> Pack:
    return signed_pack(installer_key)


def repacked(pack: Pack, report: bytes, **changes: object) -> bytes:
    """Return the pack with another report and with lists that fit it, as a forger would."""
    files = dict(read_zip(pack.data).files)
    files[REPORT] = report
    rest = {name: content for name, content in files.items() if name not in (MANIFEST, SUMS)}
    manifest = {**pack.manifest, **changes, "files": file_entries(rest)}
    ordered = {MANIFEST: json_bytes(manifest), **rest}
    ordered[SUMS] = sums_text(ordered)
    return write_stored_zip(ordered)


def report_of(pack: Pack) -> bytes:
    return read_zip(pack.data).files[REPORT]


def test_verify_says_who_signed(pack: Pack, installer_key: SigningKey) -> None:
    result = verify_pack_bytes(pack.data)
    assert result.ok, [str(each) for each in result.problems]
    (signature,) = result.signatures
    assert (signature.name, signature.field) == ("Installer A", INSTALLER_FIELD)
    assert signature.fingerprint == installer_key.fingerprint
    assert signature.intact
    assert signature.whole
    assert installer_key.fingerprint.encode() in read_zip(pack.data).files["VERIFY.txt"]


def test_pdfsig_agrees(pack: Pack, owner_key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(sign_report(report_of(pack), owner_key, field=OWNER_FIELD, reason="Accepted"))
    told = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 2
    assert re.findall(r"Certificate Common Name: (.+)", told) == ["Installer A", "Owner B"]
    assert "ETSI.CAdES.detached" in told
    assert "Total document signed" in told
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_a_second_signature_leaves_the_first_whole(pack: Pack, owner_key: SigningKey) -> None:
    report = report_of(pack)
    both = sign_report(report, owner_key, field=OWNER_FIELD, reason="Accepted")
    assert both.startswith(report)
    signatures = read_signatures(both)
    assert [each.name for each in signatures] == ["Installer A", "Owner B"]
    assert all(each.intact for each in signatures)


def test_a_changed_report_is_found_although_all_sums_fit(pack: Pack) -> None:
    report = report_of(pack)
    for offset in range(50, len(report), len(report) // 12):
        changed = bytearray(report)
        changed[offset] ^= 1
        result = verify_pack_bytes(repacked(pack, bytes(changed)))
        assert not result.ok, offset
        assert {each.file for each in result.problems} == {REPORT}


def test_what_is_added_behind_the_signature_is_found(pack: Pack) -> None:
    result = verify_pack_bytes(repacked(pack, report_of(pack) + b"\n1 0 obj\n<< >>\nendobj\n"))
    assert any("after the last signature" in each.what for each in result.problems)


def test_a_report_signed_by_somebody_else_is_found(pack: Pack, owner_key: SigningKey) -> None:
    other = report_of(signed_pack(owner_key))
    result = verify_pack_bytes(repacked(pack, other))
    assert any("not by whom the manifest names" in each.what for each in result.problems)


def test_a_signature_taken_away_is_found(pack: Pack) -> None:
    facts = facts_of()
    plain = build_pack(facts, build_checklist(facts), exchange_document(facts.site), draft=False)
    result = verify_pack_bytes(repacked(pack, report_of(plain)))
    assert [str(each) for each in result.problems] == [
        "report.pdf: carries no signature, although the manifest names a signer."
    ]


def test_a_hostile_pdf_is_an_answer_not_a_crash() -> None:
    (signature,) = read_signatures(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF")
    assert not signature.intact
