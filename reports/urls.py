"""The addresses of this app."""

from django.urls import path

from . import sealed_views, views

urlpatterns = [
    path("<slug:slug>/bijlage/<int:year>/", views.bijlage, name="bijlage"),
    path("<slug:slug>/bijlage/<int:year>/<slug:key>/", views.bijlage_download, name="bijlage-download"),
    path("<slug:slug>/editie/<str:label>/verzegelen/", sealed_views.verzegelen, name="verzegelen"),
    path("<slug:slug>/editie/<str:label>/archief.zip", sealed_views.archief, name="archief"),
    path("<slug:slug>/editie/<str:label>/bestand/<str:name>", sealed_views.verzegeld_bestand, name="verzegeld-bestand"),
]
