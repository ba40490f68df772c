"""The form with which a next kadernota is started."""

import re
from typing import Any

from django import forms

from priorities.models import LONGEST_SLUG, LONGEST_TITLE, Kadernota, check_slug

USUAL_LENGTH = 4
PERIOD = re.compile(r"[0-9]{4}\s*[-–]\s*[0-9]{4}")


def _year(label: str, hint: str = "") -> forms.IntegerField:
    wrong = "Vul een jaar in, met vier cijfers."
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "year"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class NextKadernotaForm(forms.Form):
    """What a next kadernota needs to begin: its name and its years."""

    title = forms.CharField(
        label="Titel",
        max_length=LONGEST_TITLE,
        error_messages={
            "required": "Geef de kadernota een titel.",
            "max_length": f"Houd de titel korter dan {LONGEST_TITLE} tekens.",
        },
    )
    slug = forms.CharField(
        label="Adres",
        help_text="Het deel van het adres van de pagina’s; het verandert later niet meer.",
        max_length=LONGEST_SLUG,
        error_messages={
            "required": "Geef de kadernota een adres.",
            "max_length": f"Houd het adres korter dan {LONGEST_SLUG} tekens.",
        },
    )
    first_year = _year("Eerste jaar")
    last_year = _year("Laatste jaar")
    first_target_year = _year("Eerste streefjaar", "Het eerste jaar waarvoor de raad een streefwaarde geeft.")
    baseline_year = _year("Jaar van de nulmeting", "Van dit jaar worden de vastgestelde cijfers de nulmeting.")

    def clean_slug(self) -> str:
        """Refuse what cannot be an address, and an address that another kadernota has."""
        slug: str = self.cleaned_data["slug"]
        check_slug(slug)
        if Kadernota.objects.filter(slug=slug).exists():
            raise forms.ValidationError(f"Het adres {slug} is al van een andere kadernota.")
        return slug


def suggested(previous: Kadernota) -> dict[str, Any]:
    """What the form proposes: the same title and address with the years that follow."""
    first = previous.last_year + 1
    last = first + USUAL_LENGTH - 1
    return {
        "title": PERIOD.sub(f"{first}-{last}", previous.title),
        "slug": PERIOD.sub(f"{first}-{last}", previous.slug),
        "first_year": first,
        "last_year": last,
        "first_target_year": first,
        "baseline_year": previous.last_year,
    }
