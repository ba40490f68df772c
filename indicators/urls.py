"""URL patterns. Paths and names are Dutch, as visitors see them."""

from django.urls import include, path, register_converter

from indicators.pages.adoption.views import adopt_figures, return_figure, return_line
from indicators.pages.compare.views import compare_page
from indicators.pages.decisions.views import chain_json, decisions_page
from indicators.pages.edition.views import edition_page
from indicators.pages.entry.views import enter_year, preview_verdict
from indicators.pages.feed.views import feed
from indicators.pages.history.views import indicator_history, year_changes, year_changes_csv
from indicators.pages.indicator.views import indicator_chart, indicator_page, short_address
from indicators.pages.kadernotas.views import kadernota_list
from indicators.pages.links import EditionLabelConverter
from indicators.pages.method.views import method_page
from indicators.pages.priority.views import priority_chart, priority_page, priority_table
from indicators.pages.programme.views import copy_lines, edit_line, line_list, new_line, withdraw_line_page
from indicators.pages.retracting.views import retract_figure, retract_line
from indicators.pages.search.views import search_page
from indicators.pages.site.views import accessibility, robots
from indicators.pages.start.views import front_page, start_page
from indicators.pages.tasks.views import after_login, task_list
from indicators.pages.themes.views import theme_page, themes_page, vth_page
from indicators.pages.upload.views import fill_in_sheet, map_open_data, record_upload, refused_rows, upload_page
from indicators.pages.workshop.deadlines.views import edit_deadlines
from indicators.pages.workshop.difference.views import show_difference
from indicators.pages.workshop.drafts import VersionKindConverter
from indicators.pages.workshop.grid.views import edit_grid
from indicators.pages.workshop.indicators.views import edit_indicator, indicator_list, new_indicator
from indicators.pages.workshop.offering.views import (
    adopt_draft,
    discard_draft,
    offer_draft,
    return_draft,
    take_draft_back,
    update_draft,
)
from indicators.pages.workshop.overview.views import (
    draft_overview,
    kadernota_in_workshop,
    new_kadernota,
    start_next,
    workshop,
)
from indicators.pages.workshop.preview.views import preview_indicator, preview_start
from indicators.pages.workshop.proposals.views import proposal_list, show_proposal
from indicators.pages.workshop.sheets.views import empty_sheet, new_from_sheet, sheet_in, sheet_out
from indicators.pages.workshop.texts.views import edit_nota, edit_readings, edit_topic, new_topic, topic_list

register_converter(EditionLabelConverter, "editie")
register_converter(VersionKindConverter, "soort")

# Of one draft; the kadernota may have no decision yet.
DRAFT = "werkplaats/<slug:slug>/<soort:version_kind>/"
WORKSHOP = [
    path("werkplaats/", workshop, name="werkplaats"),
    path("werkplaats/nieuw/", new_kadernota, name="werkplaats-nieuw"),
    path("werkplaats/uit-blad/", new_from_sheet, name="werkplaats-nieuw-uit-blad"),
    path("werkplaats/invulblad.<str:extension>", empty_sheet, name="werkplaats-invulblad"),
    path("werkplaats/<slug:slug>/", kadernota_in_workshop, name="werkplaats-kadernota"),
    path("werkplaats/<slug:slug>/termijnen/", edit_deadlines, name="werkplaats-termijnen"),
    path("werkplaats/<slug:slug>/voorstellen/", proposal_list, name="werkplaats-voorstellen"),
    path("werkplaats/<slug:slug>/voorstellen/<int:proposal>/", show_proposal, name="werkplaats-voorstel"),
    path(f"{DRAFT}beginnen/", start_next, name="werkplaats-beginnen"),
    path(DRAFT, draft_overview, name="werkplaats-concept"),
    path(f"{DRAFT}nota/", edit_nota, name="werkplaats-nota"),
    path(f"{DRAFT}onderwerpen/", topic_list, name="werkplaats-onderwerpen"),
    path(f"{DRAFT}nieuw-onderwerp/", new_topic, name="werkplaats-nieuw-onderwerp"),
    path(f"{DRAFT}onderwerp/<str:topic>/", edit_topic, name="werkplaats-onderwerp"),
    path(f"{DRAFT}indicatoren/", indicator_list, name="werkplaats-indicatoren"),
    path(f"{DRAFT}nieuwe-indicator/", new_indicator, name="werkplaats-nieuwe-indicator"),
    path(f"{DRAFT}indicator/<str:code>/", edit_indicator, name="werkplaats-indicator"),
    path(f"{DRAFT}cijfers/", edit_grid, name="werkplaats-cijfers"),
    path(f"{DRAFT}leeswijzen/", edit_readings, name="werkplaats-leeswijzen"),
    path(f"{DRAFT}verschil/", show_difference, name="werkplaats-verschil"),
    path(f"{DRAFT}voorbeeld/", preview_start, name="werkplaats-voorbeeld"),
    path(f"{DRAFT}voorbeeld/indicator/<str:code>/", preview_indicator, name="werkplaats-voorbeeld-indicator"),
    path(f"{DRAFT}blad.<str:extension>", sheet_out, name="werkplaats-blad"),
    path(f"{DRAFT}uit-blad/", sheet_in, name="werkplaats-uit-blad"),
    path(f"{DRAFT}aanbieden/", offer_draft, name="werkplaats-aanbieden"),
    path(f"{DRAFT}terugnemen/", take_draft_back, name="werkplaats-terugnemen"),
    path(f"{DRAFT}terugsturen/", return_draft, name="werkplaats-terugsturen"),
    path(f"{DRAFT}vaststellen/", adopt_draft, name="werkplaats-vaststellen"),
    path(f"{DRAFT}weggooien/", discard_draft, name="werkplaats-weggooien"),
    path(f"{DRAFT}bijwerken/", update_draft, name="werkplaats-bijwerken"),
]

# The pages of a kadernota, below its slug; the most visited first.
kadernota_patterns = [
    path("", start_page, name="kadernota"),
    path("indicator/<str:code>/", indicator_page, name="indicator"),
    path("prioriteit/<int:number>/", priority_page, name="prioriteit"),
    path("editie/<str:label>/", edition_page, name="editie"),
    path("hoe-wij-oordelen/", method_page, name="hoe-wij-oordelen-hier"),
    path("vergelijken/", compare_page, name="vergelijken"),
    path("besluiten/", decisions_page, name="besluiten"),
    path("besluiten/keten.json", chain_json, name="keten"),
    path("zoeken/", search_page, name="zoeken"),
    path("feed/", feed, name="feed"),
    path("uit-bestand/<int:year>/", upload_page, name="uit-bestand"),
    path("uit-bestand/<int:year>/vastleggen/", record_upload, name="uit-bestand-vastleggen"),
    path("uit-bestand/<int:year>/koppelen/", map_open_data, name="uit-bestand-koppelen"),
    path("uit-bestand/<int:year>/geweigerd/", refused_rows, name="uit-bestand-geweigerd"),
    path("uit-bestand/<int:year>/invulblad.<str:extension>", fill_in_sheet, name="invulblad"),
    path("invoeren/<int:year>/", enter_year, name="invoeren"),
    path("invoeren/<int:year>/oordeel/", preview_verdict, name="oordeel"),
    path("invoeren/<int:year>/terugnemen/<int:revision>/", retract_figure, name="terugnemen"),
    path("programma-invoeren/<int:year>/", line_list, name="regels"),
    path("programma-invoeren/<int:year>/overnemen/", copy_lines, name="regels-overnemen"),
    path("programma-invoeren/<int:year>/nieuw/<str:part>/<str:kind>/", new_line, name="nieuwe-regel"),
    path("programma-invoeren/<int:year>/regel/<int:line>/", edit_line, name="regel"),
    path(
        "programma-invoeren/<int:year>/regel/<int:line>/intrekken/",
        withdraw_line_page,
        name="regel-intrekken",
    ),
    path("programma-invoeren/<int:year>/terugnemen/<int:revision>/", retract_line, name="regel-terugnemen"),
    path("indicator/<str:code>/geschiedenis/", indicator_history, name="geschiedenis"),
    path("indicator/<str:code>/grafiek.json", indicator_chart, name="indicator-grafiek"),
    path("prioriteit/<int:number>/grafiek.json", priority_chart, name="prioriteit-grafiek"),
    path("wijzigingen/<int:year>/", year_changes, name="wijzigingen"),
    path("wijzigingen/<int:year>/wijzigingen.csv", year_changes_csv, name="wijzigingen-csv"),
    path("themas/", themes_page, name="themas"),
    path("thema/<int:number>/", theme_page, name="thema"),
    path("vth/", vth_page, name="vth"),
    path("mijn-werk/", task_list, name="mijn-werk"),
    path("vaststellen/<int:year>/", adopt_figures, name="vaststellen"),
    path("vaststellen/<int:year>/terugsturen/", return_figure, name="terugsturen"),
    path("vaststellen/<int:year>/regel-terugsturen/", return_line, name="regel-terugsturen"),
    path("prioriteit/<int:number>/tabel.<slug:extension>", priority_table, name="prioriteit-tabel"),
    # After the paths with a fixed word: a code and an edition, to cite in a motion.
    path("<str:code>/<editie:label>/", short_address, name="kort"),
]

urlpatterns = [
    *WORKSHOP,
    path("kadernotas/", kadernota_list, name="kadernotas"),
    path("hoe-wij-oordelen/", method_page, name="hoe-wij-oordelen"),
    path("na-inloggen/", after_login, name="na-inloggen"),
    path("", front_page, name="begin"),
    path("robots.txt", robots, name="robots"),
    path("toegankelijkheid/", accessibility, name="toegankelijkheid"),
    # Last: a slug matches any word; priorities.models.RESERVED_SLUGS has the words above.
    path("<slug:slug>/", include(kadernota_patterns)),
]
