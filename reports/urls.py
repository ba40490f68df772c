"""The addresses of this app."""

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/bijlage/<int:year>/", views.bijlage, name="bijlage"),
    path("<slug:slug>/bijlage/<int:year>/<slug:key>/", views.bijlage_download, name="bijlage-download"),
]
