"""The addresses of this app."""

from django.urls import path, register_converter

from .views.adoption import editie, regel_terugsturen, terugsturen, vaststellen
from .views.chart import indicator_grafiek, prioriteit_grafiek
from .views.council import EditionLabel, feed, hoe_wij_oordelen, kort, vergelijken, zoeken
from .views.entry import invoeren, oordeel
from .views.history import geschiedenis, wijzigingen, wijzigingen_csv
from .views.indicator import indicator
from .views.next_kadernota import volgende_kadernota
from .views.parts import thema, themas, vth
from .views.programme import nieuwe_regel, regel, regel_intrekken, regels, regels_overnemen
from .views.target import streefwaarde
from .views.todo import mijn_werk, na_inloggen
from .views.upload import geweigerd, invulblad, koppelen, uit_bestand, vastleggen

register_converter(EditionLabel, "editie")

urlpatterns = [
    path("hoe-wij-oordelen/", hoe_wij_oordelen, name="hoe-wij-oordelen"),
    path("<slug:slug>/hoe-wij-oordelen/", hoe_wij_oordelen, name="hoe-wij-oordelen-hier"),
    path("<slug:slug>/vergelijken/", vergelijken, name="vergelijken"),
    path("<slug:slug>/zoeken/", zoeken, name="zoeken"),
    path("<slug:slug>/feed/", feed, name="feed"),
    path("<slug:slug>/uit-bestand/<int:year>/", uit_bestand, name="uit-bestand"),
    path("<slug:slug>/uit-bestand/<int:year>/vastleggen/", vastleggen, name="uit-bestand-vastleggen"),
    path("<slug:slug>/uit-bestand/<int:year>/koppelen/", koppelen, name="uit-bestand-koppelen"),
    path("<slug:slug>/uit-bestand/<int:year>/geweigerd/", geweigerd, name="uit-bestand-geweigerd"),
    path("<slug:slug>/uit-bestand/<int:year>/invulblad.<str:extension>", invulblad, name="invulblad"),
    path("<slug:slug>/invoeren/<int:year>/", invoeren, name="invoeren"),
    path("<slug:slug>/invoeren/<int:year>/oordeel/", oordeel, name="oordeel"),
    path("<slug:slug>/programma-invoeren/<int:year>/", regels, name="regels"),
    path("<slug:slug>/programma-invoeren/<int:year>/overnemen/", regels_overnemen, name="regels-overnemen"),
    path("<slug:slug>/programma-invoeren/<int:year>/nieuw/<str:part>/<str:soort>/", nieuwe_regel, name="nieuwe-regel"),
    path("<slug:slug>/programma-invoeren/<int:year>/regel/<int:line>/", regel, name="regel"),
    path(
        "<slug:slug>/programma-invoeren/<int:year>/regel/<int:line>/intrekken/", regel_intrekken, name="regel-intrekken"
    ),
    path("<slug:slug>/indicator/<str:code>/", indicator, name="indicator"),
    path("<slug:slug>/indicator/<str:code>/geschiedenis/", geschiedenis, name="geschiedenis"),
    path("<slug:slug>/indicator/<str:code>/grafiek.json", indicator_grafiek, name="indicator-grafiek"),
    path("<slug:slug>/prioriteit/<int:number>/grafiek.json", prioriteit_grafiek, name="prioriteit-grafiek"),
    path("<slug:slug>/streefwaarde/<str:code>/<int:year>/", streefwaarde, name="streefwaarde"),
    path("<slug:slug>/volgende-kadernota/", volgende_kadernota, name="volgende-kadernota"),
    path("<slug:slug>/wijzigingen/<int:year>/", wijzigingen, name="wijzigingen"),
    path("<slug:slug>/wijzigingen/<int:year>/wijzigingen.csv", wijzigingen_csv, name="wijzigingen-csv"),
    path("<slug:slug>/themas/", themas, name="themas"),
    path("<slug:slug>/thema/<int:number>/", thema, name="thema"),
    path("<slug:slug>/vth/", vth, name="vth"),
    path("na-inloggen/", na_inloggen, name="na-inloggen"),
    path("<slug:slug>/mijn-werk/", mijn_werk, name="mijn-werk"),
    path("<slug:slug>/vaststellen/<int:year>/", vaststellen, name="vaststellen"),
    path("<slug:slug>/vaststellen/<int:year>/terugsturen/", terugsturen, name="terugsturen"),
    path("<slug:slug>/vaststellen/<int:year>/regel-terugsturen/", regel_terugsturen, name="regel-terugsturen"),
    path("<slug:slug>/editie/<str:label>/", editie, name="editie"),
    # After all that begins with a word of its own: a code and an edition, to cite in a motion.
    path("<slug:slug>/<str:code>/<editie:label>/", kort, name="kort"),
]
