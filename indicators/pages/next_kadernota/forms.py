"""The form that starts a next kadernota."""

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
    """The name, address and years of a next kadernota."""

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
        """Refuse a slug that cannot be part of an address or belongs to another kadernota."""
        slug: str = self.cleaned_data["slug"]
        check_slug(slug)
        if Kadernota.objects.filter(slug=slug).exists():
            raise forms.ValidationError(f"Het adres {slug} is al van een andere kadernota.")
        return slug


def suggested_values(previous: Kadernota) -> dict[str, Any]:
    """Return initial values: the title and address of the previous kadernota with the years that follow."""
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
