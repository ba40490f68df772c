"""URLs of the documents of a year and of sealed files."""

from django.urls import path

from reports.pages.document import views
from reports.pages.sealing import views as sealing
from reports.year_documents import DOCUMENTS

urlpatterns = [
    *(
        route
        for document in DOCUMENTS.values()
        for route in (
            path(
                f"<slug:slug>/{document.route}/<int:year>/",
                views.year_document,
                {"document": document},
                name=document.route,
            ),
            path(
                f"<slug:slug>/{document.route}/<int:year>/<slug:key>/",
                views.year_download,
                {"document": document},
                name=document.download,
            ),
        )
    ),
    path("<slug:slug>/editie/<str:label>/verzegelen/", sealing.seal_edition, name="verzegelen"),
    path("<slug:slug>/editie/<str:label>/archief.zip", sealing.archive, name="archief"),
    path("<slug:slug>/editie/<str:label>/bestand/<str:name>", sealing.sealed_file, name="verzegeld-bestand"),
]
