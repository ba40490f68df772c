"""The same document gives the same bytes: twice, in another process, in another time zone, with another hash seed."""

import hashlib
import pickle
import subprocess
import sys
from io import BytesIO

import pytest

from reports.appendix.load import load_appendix
from reports.formats import FORMATS
from tests.repository.tree import ROOT

# The writers get a document, whichever engine its figures come from.
pytestmark = [pytest.mark.engine_free, pytest.mark.unmeasured]

ELSEWHERE = """
import hashlib, io, pickle, sys, time
sys.path.insert(0, sys.argv[2])
time.tzset()
from reports.formats import FORMATS
document = pickle.load(open(sys.argv[1], "rb"))
for key, fmt in FORMATS.items():
    stream = io.BytesIO()
    fmt.writer(document, stream)
    print(key, hashlib.sha256(stream.getvalue()).hexdigest())
"""


@pytest.fixture
def document(practice):
    return load_appendix(practice, 2022).document


def file_digests(document) -> dict[str, str]:
    digests = {}
    for key, fmt in FORMATS.items():
        stream = BytesIO()
        fmt.writer(document, stream)
        digests[key] = hashlib.sha256(stream.getvalue()).hexdigest()
    return digests


def test_the_same_bytes_everywhere(document, tmp_path):
    path = tmp_path / "document"
    path.write_bytes(pickle.dumps(document))
    here = file_digests(document)
    assert here == file_digests(document)
    for seed, zone in (("1", "Pacific/Auckland"), ("424242", "America/St_Johns")):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": "tr_TR.UTF-8", "LC_ALL": "C"}
        process = subprocess.run(
            [sys.executable, "-c", ELSEWHERE, str(path), str(ROOT)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
            timeout=120,
        )
        assert dict(line.split() for line in process.stdout.splitlines()) == here


def test_another_document_gives_other_bytes(practice, document):
    before = file_digests(load_appendix(practice, 2021).document)
    assert all(before[key] != digest for key, digest in file_digests(document).items())
