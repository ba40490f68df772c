"""URL patterns. Paths and names are Dutch, as visitors see them."""

from django.urls import path, register_converter

from indicators.pages.adoption.views import adopt_figures, return_figure, return_line
from indicators.pages.compare.views import compare_page
from indicators.pages.edition.views import edition_page
from indicators.pages.entry.views import enter_year, preview_verdict
from indicators.pages.feed.views import feed
from indicators.pages.history.views import indicator_history, year_changes, year_changes_csv
from indicators.pages.indicator.views import indicator_chart, indicator_page, short_address
from indicators.pages.links import EditionLabelConverter
from indicators.pages.method.views import method_page
from indicators.pages.next_kadernota.views import start_next
from indicators.pages.priority.views import priority_chart, priority_page, priority_table
from indicators.pages.programme.views import copy_lines, edit_line, line_list, new_line, withdraw_line_page
from indicators.pages.search.views import search_page
from indicators.pages.site.views import accessibility, robots
from indicators.pages.start.views import front_page, start_page
from indicators.pages.target.views import change_target_page
from indicators.pages.tasks.views import after_login, task_list
from indicators.pages.themes.views import theme_page, themes_page, vth_page
from indicators.pages.upload.views import fill_in_sheet, map_open_data, record_upload, refused_rows, upload_page

register_converter(EditionLabelConverter, "editie")

urlpatterns = [
    path("hoe-wij-oordelen/", method_page, name="hoe-wij-oordelen"),
    path("<slug:slug>/hoe-wij-oordelen/", method_page, name="hoe-wij-oordelen-hier"),
    path("<slug:slug>/vergelijken/", compare_page, name="vergelijken"),
    path("<slug:slug>/zoeken/", search_page, name="zoeken"),
    path("<slug:slug>/feed/", feed, name="feed"),
    path("<slug:slug>/uit-bestand/<int:year>/", upload_page, name="uit-bestand"),
    path("<slug:slug>/uit-bestand/<int:year>/vastleggen/", record_upload, name="uit-bestand-vastleggen"),
    path("<slug:slug>/uit-bestand/<int:year>/koppelen/", map_open_data, name="uit-bestand-koppelen"),
    path("<slug:slug>/uit-bestand/<int:year>/geweigerd/", refused_rows, name="uit-bestand-geweigerd"),
    path("<slug:slug>/uit-bestand/<int:year>/invulblad.<str:extension>", fill_in_sheet, name="invulblad"),
    path("<slug:slug>/invoeren/<int:year>/", enter_year, name="invoeren"),
    path("<slug:slug>/invoeren/<int:year>/oordeel/", preview_verdict, name="oordeel"),
    path("<slug:slug>/programma-invoeren/<int:year>/", line_list, name="regels"),
    path("<slug:slug>/programma-invoeren/<int:year>/overnemen/", copy_lines, name="regels-overnemen"),
    path("<slug:slug>/programma-invoeren/<int:year>/nieuw/<str:part>/<str:kind>/", new_line, name="nieuwe-regel"),
    path("<slug:slug>/programma-invoeren/<int:year>/regel/<int:line>/", edit_line, name="regel"),
    path(
        "<slug:slug>/programma-invoeren/<int:year>/regel/<int:line>/intrekken/",
        withdraw_line_page,
        name="regel-intrekken",
    ),
    path("<slug:slug>/indicator/<str:code>/", indicator_page, name="indicator"),
    path("<slug:slug>/indicator/<str:code>/geschiedenis/", indicator_history, name="geschiedenis"),
    path("<slug:slug>/indicator/<str:code>/grafiek.json", indicator_chart, name="indicator-grafiek"),
    path("<slug:slug>/prioriteit/<int:number>/grafiek.json", priority_chart, name="prioriteit-grafiek"),
    path("<slug:slug>/streefwaarde/<str:code>/<int:year>/", change_target_page, name="streefwaarde"),
    path("<slug:slug>/volgende-kadernota/", start_next, name="volgende-kadernota"),
    path("<slug:slug>/wijzigingen/<int:year>/", year_changes, name="wijzigingen"),
    path("<slug:slug>/wijzigingen/<int:year>/wijzigingen.csv", year_changes_csv, name="wijzigingen-csv"),
    path("<slug:slug>/themas/", themes_page, name="themas"),
    path("<slug:slug>/thema/<int:number>/", theme_page, name="thema"),
    path("<slug:slug>/vth/", vth_page, name="vth"),
    path("na-inloggen/", after_login, name="na-inloggen"),
    path("<slug:slug>/mijn-werk/", task_list, name="mijn-werk"),
    path("<slug:slug>/vaststellen/<int:year>/", adopt_figures, name="vaststellen"),
    path("<slug:slug>/vaststellen/<int:year>/terugsturen/", return_figure, name="terugsturen"),
    path("<slug:slug>/vaststellen/<int:year>/regel-terugsturen/", return_line, name="regel-terugsturen"),
    path("<slug:slug>/editie/<str:label>/", edition_page, name="editie"),
    # After the paths with a fixed word: a code and an edition, to cite in a motion.
    path("<slug:slug>/<str:code>/<editie:label>/", short_address, name="kort"),
    # Last: the start page and the slugs of kadernotas match whatever is left.
    path("", front_page, name="begin"),
    path("robots.txt", robots, name="robots"),
    path("toegankelijkheid/", accessibility, name="toegankelijkheid"),
    path("<slug:slug>/", start_page, name="kadernota"),
    path("<slug:slug>/prioriteit/<int:number>/", priority_page, name="prioriteit"),
    path("<slug:slug>/prioriteit/<int:number>/tabel.<slug:extension>", priority_table, name="prioriteit-tabel"),
]
