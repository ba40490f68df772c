"""The addresses of this app."""

from django.urls import path

from reports.pages.document import views
from reports.pages.sealing import views as sealed_views
from reports.year_documents import DOCUMENTS

urlpatterns = [
    *(
        route
        for document in DOCUMENTS.values()
        for route in (
            path(
                f"<slug:slug>/{document.route}/<int:year>/",
                views.year_document,
                {"what": document.key},
                name=document.route,
            ),
            path(
                f"<slug:slug>/{document.route}/<int:year>/<slug:key>/",
                views.year_download,
                {"what": document.key},
                name=document.download,
            ),
        )
    ),
    path("<slug:slug>/editie/<str:label>/verzegelen/", sealed_views.seal_edition, name="verzegelen"),
    path("<slug:slug>/editie/<str:label>/archief.zip", sealed_views.archive, name="archief"),
    path("<slug:slug>/editie/<str:label>/bestand/<str:name>", sealed_views.sealed_file, name="verzegeld-bestand"),
]
