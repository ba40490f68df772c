"""`adopt`: the drafts of a year become an edition; a mistake is a sentence and exit code 2."""

import io

import pytest
from django.core.management import CommandError, call_command

from indicators.domain.programme import ActivityState
from indicators.models import Edition, Measurement
from tests.cast import DATE_QUESTIONS, REAL, record, record_activity

pytestmark = pytest.mark.django_db


def adopt(year=2019, by="carla", decision="2020.001", date="2020-03-02", slug=REAL, confirm=DATE_QUESTIONS):
    """Adopt, and return what was printed; `confirm` has the questions that are answered with yes."""
    out, facts = io.StringIO(), ["--by", by, "--decision", decision, "--date", date, "--no-seal"]
    facts += [f"--confirm={code}" for code in confirm]
    call_command("adopt", slug, str(year), *facts, stdout=out, stderr=out)
    return out.getvalue()


def link_of(edition):
    """Return the line that names the chain hash of an edition."""
    return f"Vingerafdruk: {edition.decision.chain_hash}\n"


def refused(code, **facts):
    with pytest.raises(CommandError) as caught:
        adopt(**facts)
    assert caught.value.returncode == code, str(caught.value)
    return str(caught.value)


@pytest.fixture
def drafted(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    record(real, "V6", 2019, "14", by=officer)
    return real


def test_it_adopts(drafted):
    said = adopt()
    decision = Edition.objects.get(year=2019, number=2).decision
    assert said == "Editie 2019-2 vastgesteld: 2 cijfers.\n" + link_of(decision.edition)
    assert (decision.adopted_by.username, str(decision.decided_on), decision.reference) == (
        "carla",
        "2020-03-02",
        "2020.001",
    )
    assert "niets vast te stellen" in refused(1)


def test_who_recorded_does_not_adopt(drafted, superuser):
    record(drafted, "V7", 2019, "9", by=superuser)
    message = refused(1, by="root")
    assert "V7" in message and "V3" not in message
    assert Measurement.objects.drafts().filter(year=2019).count() == 3


def test_who_may_not(drafted):
    assert "vaststeller" in refused(1, by="anna")


@pytest.mark.parametrize(
    ("facts", "code", "message"),
    [
        ({"slug": "elders"}, 2, "Er is geen kadernota ‘elders’. Wel: haarlemmermeer-2018-2022."),
        ({"by": "niemand"}, 2, "Er is geen gebruiker ‘niemand’."),
        ({"year": 2017}, 2, "2017 hoort niet bij deze kadernota (2018 tot en met 2022)."),
        ({"date": "2-3-2020"}, 2, "JJJJ-MM-DD"),
        ({"date": "20200302"}, 2, "JJJJ-MM-DD"),
        ({"date": "2020-W10-1"}, 2, "JJJJ-MM-DD"),
        ({"date": "2020-02-30"}, 2, "JJJJ-MM-DD"),
        ({"date": "vandaag"}, 2, "JJJJ-MM-DD"),
        ({"date": "9999-12-31"}, 1, "toekomst"),
        ({"decision": " "}, 1, "besluit"),
        ({"decision": "x" * 101}, 1, "100 tekens"),
    ],
)
def test_mistakes(drafted, facts, code, message):
    assert message in refused(code, **facts)
    assert Edition.objects.filter(decision__kind="year").count() == 0


def test_lines_of_the_programme_go_along(drafted, officer):
    for title, year in (("Wijkschouw", 2019), ("Campagne", 2020)):
        record_activity(drafted, title, year, by=officer)
    said = adopt()
    edition = Edition.objects.get(year=2019, number=2)
    assert said == "Editie 2019-2 vastgesteld: 2 cijfers, 2 regels van het programma.\n" + link_of(edition)
    assert edition.entries.filter(line__isnull=False).count() == 2


def test_a_date_that_is_asked_about(drafted):
    said = refused(1, confirm=[])
    assert said == "Er is niets vastgesteld. Bevestig met --confirm CODE, of verander de datum."
    with pytest.raises(CommandError):
        out = io.StringIO()
        facts = ["--by", "carla", "--decision", "B", "--date", "2020-03-02"]
        call_command("adopt", REAL, "2019", *facts, stdout=io.StringIO(), stderr=out)
    assert out.getvalue() == "more-than-a-year-ago: Het besluit is meer dan een jaar geleden. Klopt de datum?\n"
    assert Edition.objects.filter(decision__kind="year").count() == 0


def test_an_account_that_tells_too_little_is_refused(drafted, officer):
    record_activity(drafted, "Wijkschouw", 2019, state=ActivityState.DONE, by=officer)
    assert "‘Wijkschouw’ (2019) is afgerond: schrijf wat het opleverde" in refused(1)
    assert Edition.objects.filter(year=2019).count() == 1
