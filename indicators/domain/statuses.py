"""Table of statuses: word, sign, colour and rule; and the words that are shown in place of a status."""

from dataclasses import dataclass

from indicators.domain.assessment import Certainty, Status
from indicators.domain.followed import Followed
from indicators.domain.values import NoValue, Reason, Value


@dataclass(frozen=True, kw_only=True)
class StatusText:
    """The texts and the colour of a status on pages and in documents, and the rule that gives it.

    `final_word` replaces `word` in the last target year. `sign` exists in every font of pages and documents, and always
    precedes the word. `colour` is for documents, with a contrast of at least 4.5 to 1 on white; pages use the CSS class
    `s-<value>` (monitor.css; its colours are in theme.css). `rule` is the number in the rule table of assessment.py,
    `condition` its text; `meaning` explains the word to a reader.
    """

    sign: str
    word: str
    final_word: str = ""
    colour: str
    rule: int
    condition: str
    meaning: str


# From best to worst, as the parts of a bar from left to right.
STATUSES = {
    Status.ON_TRACK: StatusText(
        sign="✓",
        word="Op koers",
        final_word="Behaald",
        colour="1b6437",
        rule=4,
        condition="elke waarde die de meting kan hebben, haalt de streefwaarde",
        meaning="De streefwaarde van dit jaar is gehaald.",
    ),
    Status.AT_RISK: StatusText(
        sign="▲",
        word="Aandacht",
        final_word="Niet behaald, wel beter dan de nulmeting",
        colour="8a4b00",
        rule=6,
        condition="de streefwaarde is niet gehaald, maar de meting is beter dan de nulmeting",
        meaning="De streefwaarde is niet gehaald, maar het cijfer is wel beter dan de nulmeting.",
    ),
    Status.OFF_TRACK: StatusText(
        sign="✗",
        word="Niet op koers",
        final_word="Niet behaald",
        colour="a3211c",
        rule=7,
        condition=(
            "de streefwaarde is niet gehaald, en de meting is niet beter dan de nulmeting of er niet mee te vergelijken"
        ),
        meaning="De streefwaarde is niet gehaald, en het cijfer is niet beter dan de nulmeting.",
    ),
    Status.UNCERTAIN: StatusText(
        sign="?",
        word="Niet te bepalen",
        colour="5a3f86",
        rule=5,
        condition="een deel van de waarden die de meting kan hebben haalt de streefwaarde, een deel niet",
        meaning="De bron geeft geen precies aantal: gehaald en niet gehaald kunnen allebei.",
    ),
    Status.NO_DATA: StatusText(
        sign="–",
        word="Nog geen meting",
        colour="56616a",
        rule=3,
        condition="er is nog geen cijfer",
        meaning=(
            "Er is geen cijfer. Is bekend waarom, dan staat er ‘Volgt nog’, ‘Niet bekend’ of ‘Niet van toepassing’."
        ),
    ),
    Status.NOT_DUE: StatusText(
        sign="·",
        word="Geen meting gepland",
        colour="56616a",
        rule=2,
        condition="er is geen meting, en dit jaar was er geen gepland",
        meaning="Dit jaar hoefde er niet gemeten te worden.",
    ),
    Status.NO_TARGET: StatusText(
        sign="○",
        word="Geen streefwaarde",
        colour="56616a",
        rule=1,
        condition="er is voor dit jaar geen streefwaarde",
        meaning="Voor dit jaar staat er geen streefwaarde in de nota.",
    ),
}
BAR_ORDER = tuple(STATUSES)
# The status that each rule gives, in the order of the rule table.
RULES = {text.rule: status for status, text in sorted(STATUSES.items(), key=lambda item: item[1].rule)}
NO_VALUE_WORDS = {
    Reason.PM: "Volgt nog",
    Reason.UNKNOWN: "Niet bekend",
    Reason.NOT_APPLICABLE: "Niet van toepassing",
}
# Shown instead of a status in a year in which an indicator is not followed.
FOLLOWED_WORDS = {
    Followed.NOT_YET: "Nog niet gevolgd",
    Followed.ENDED: "Vervallen",
    Followed.ADDED_LATER: "Later toegevoegd",
}
CERTAINTY_WORDS = {
    Certainty.CLEAR: "een duidelijke verandering",
    Certainty.CHANCE: "dit kan toeval zijn",
    Certainty.EFFORT: "eigen inzet: toeval speelt hier geen rol",
    Certainty.UNKNOWN: "onzekerheid onbekend",
}
# The end of a word that narrow cells hide; screen readers still read it.
LONG_TAIL = " dan de nulmeting"


def status_words(status: Status, *, final: bool, value: Value | None = None) -> str:
    """Return the word for a status. `final`: in the last target year. A NoValue gives its own reason."""
    if status is Status.NO_DATA and isinstance(value, NoValue):
        return NO_VALUE_WORDS[value.reason]
    text = STATUSES[status]
    return (final and text.final_word) or text.word
