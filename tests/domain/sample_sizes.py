"""Sample sizes as typed: one table for the domain, the form and files."""

# typed, read as
TAKEN = [
    ("1200", 1200), ("1.200", 1200), ("1 200", 1200), (" 1.204 ", 1204), ("1\u00a0200", 1200), ("1\u202f200", 1200),
    ("1.177,0", 1177), ("2.000.000.000", 2_000_000_000), ("", None), ("  ", None),
]  # fmt: skip

# typed, part of the sentence
REFUSED = [
    ("12.50", "precies drie cijfers"), ("1.1.7.7", "precies drie cijfers"), ("1.2", "precies drie cijfers"),
    ("12,5", "een heel getal"), ("1,177", "Bedoelt u 1.177?"), ("-5", "kleiner dan nul"), ("-3", "kleiner dan nul"),
    ("ca. 400", "Bedoelt u 400?"), ("0", "personen als heel getal"), ("2.000.000.001", "personen als heel getal"),
    ("pm", "personen als heel getal"), ("1.200*", "personen als heel getal"), ("<5", "personen als heel getal"),
    ("'", "personen als heel getal"), ("veel", "personen als heel getal"), ("-", "personen als heel getal"),
    ("geen", "personen als heel getal"), ("400 !", "personen als heel getal"), ("9" * 30, "hoogstens 15 posities"),
    ("9" * 5000, "te lang"), ("١٢", "alleen de cijfers 0 tot en met 9"),
]  # fmt: skip
