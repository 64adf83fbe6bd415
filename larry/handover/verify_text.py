"""`VERIFY.txt`: how anyone checks a pack with what every computer has."""

from __future__ import annotations

from collections.abc import Sequence

from larry.handover.pack_manifest import WHAT_IT_IS
from larry.handover.signing_key import SigningKey

_TEXT = """\
How to check this pack without Larry
====================================

This pack is an ordinary zip file. Nothing in it is compressed or encrypted.{opened}

1. Unpack it into an empty folder.
   If your system does not know the ending .larrypack, rename a copy to .zip.
     Linux, macOS:  unzip {name} -d pack

2. Check every file against SHA256SUMS.
     Linux:         cd pack && sha256sum -c SHA256SUMS
     macOS:         cd pack && shasum -a 256 -c SHA256SUMS
     Windows:       certutil -hashfile report.pdf SHA256   (for each file; compare with SHA256SUMS)
   Every line must say OK, and no file may be there that SHA256SUMS does not name
   (except SHA256SUMS itself).

3. Ask the installer for the SHA-256 of the whole file you were given, by telephone or on paper,
   and compare.
     Linux:         sha256sum {given}
     macOS:         shasum -a 256 {given}
     Windows:       certutil -hashfile {given} SHA256
   Steps 1 and 2 show that nothing was damaged. Only this step{and_signature} shows that nobody
   replaced the pack as a whole.

4. Open report.pdf with any PDF reader.
{signature}
What is inside
--------------
manifest.json    what this pack is, and the SHA-256 of the files
SHA256SUMS       the same sums in the form sha256sum reads
{inside}

With Larry:      larry verify {given}
"""
_SIGNED = """   It is signed by {name} (PAdES B-B). The certificate is self-made: a reader says
   "valid", and that it does not know the issuer. What proves the signer is the fingerprint of the
   certificate (SHA-256); compare it with what the installer tells you:
     {fingerprint}
     Linux:         pdfsig report.pdf
   There is no third party's time stamp: the time in it is the signer's own.
"""
_UNSIGNED = """   It carries no signature.
"""
_OPEN_TEXT = """\
How to open {given} without Larry
{line}

It is the close-out pack, encrypted in the age format (age-encryption.org). Any age program opens it;
on Debian and Ubuntu the package is called age.

{how}

Then unpack {name} and follow VERIFY.txt in it:
     unzip {name} -d pack

Before, compare this file with the number the installer told you by another way:
     sha256sum {given}

With Larry:      larry verify {given}
"""
_TYPED = """It asks for the passphrase that the installer gave you by another way:
     age -d -o {name} {given}"""
_BY_KEY = """It needs the key file that belongs to the public key you gave the installer:
     age -d -i KEY.txt -o {name} {given}"""


def verify_text(
    name: str,
    *,
    signed_by: SigningKey | None = None,
    given: str = "",
    inside: Sequence[str] = tuple(WHAT_IT_IS)[1:],
) -> str:
    """Return the text for a pack of this name.

    Args:
        signed_by: the key that signs the report, None when it is not signed.
        given: the file the owner gets, where the pack travels encrypted.
        inside: the files in it, beside this text, manifest and sums.
    """
    signature = _UNSIGNED
    if signed_by is not None:
        signature = _SIGNED.format(name=signed_by.name, fingerprint=signed_by.fingerprint)
    return _TEXT.format(
        name=name,
        given=given or name,
        opened=f" You opened it from\n{given}." if given else "",
        and_signature=", or step 4," if signed_by else "",
        signature=signature,
        inside="\n".join(f"{file:<16} {WHAT_IT_IS[file]}" for file in inside),
    )


def open_text(name: str, given: str, *, passphrase: bool) -> str:
    """Return the text that stands beside an encrypted pack."""
    how = (_TYPED if passphrase else _BY_KEY).format(name=name, given=given)
    title = f"How to open {given} without Larry"
    return _OPEN_TEXT.format(name=name, given=given, how=how, line="=" * len(title))
