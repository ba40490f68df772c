"""The forms that send in figures: a file, or a pasted block."""

from django import forms


class FileForm(forms.Form):
    """One file. Its contents are validated by the code that reads it, so that each fault has one sentence."""

    file = forms.FileField(
        label="Bestand",
        help_text="Excel (.xlsx), ODS of CSV, tot 5 MB. Ook een CSV-bestand van CBS StatLine of data.politie.nl.",
        allow_empty_file=True,
        error_messages={"required": "Kies eerst een bestand."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class PasteForm(forms.Form):
    """One pasted block."""

    block = forms.CharField(
        label="Blok uit een spreadsheet",
        strip=False,
        error_messages={
            "required": "Plak eerst een blok.",
            "null_characters_not_allowed": "Er staat een onleesbaar teken in. Kopieer het blok opnieuw.",
        },
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
