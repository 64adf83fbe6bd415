"""`VERIFY.txt`: how anyone checks a pack with what every computer has."""

from __future__ import annotations

_TEXT = """\
How to check this pack without Larry
====================================

This pack is an ordinary zip file. Nothing in it is compressed or encrypted.

1. Unpack it into an empty folder.
   If your system does not know the ending .larrypack, rename a copy to .zip.
     Linux, macOS:  unzip {name} -d pack

2. Check every file against SHA256SUMS.
     Linux:         cd pack && sha256sum -c SHA256SUMS
     macOS:         cd pack && shasum -a 256 -c SHA256SUMS
     Windows:       certutil -hashfile report.pdf SHA256   (for each file; compare with SHA256SUMS)
   Every line must say OK, and no file may be there that SHA256SUMS does not name
   (except SHA256SUMS itself).

3. Ask the installer for the SHA-256 of the whole pack, by telephone or on paper, and compare.
     Linux:         sha256sum {name}
     macOS:         shasum -a 256 {name}
     Windows:       certutil -hashfile {name} SHA256
   Steps 1 and 2 show that nothing was damaged. Only this step shows that nobody replaced the pack
   as a whole: it carries no signature.

4. Open report.pdf with any PDF reader.

What is inside
--------------
manifest.json    what this pack is, and the SHA-256 of the files
SHA256SUMS       the same sums in the form sha256sum reads
report.pdf       the report (PDF/A-2b)
site.json        the site in Larry's exchange format, without secrets
devices.csv      one row for each device
checklist.json   the checklist at the time of the handover

With Larry:      larry verify {name}
"""


def verify_text(name: str) -> str:
    """Return the text for a pack of this name."""
    return _TEXT.format(name=name)
