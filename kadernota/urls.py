"""Root URL patterns: authentication, the admin, and those of the apps."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("inloggen/", LoginView.as_view(), name="inloggen"),
    path("uitloggen/", LogoutView.as_view(), name="uitloggen"),
    path("", include("indicators.urls")),
    path("", include("reports.urls")),
]

handler404 = "indicators.pages.site.views.not_found"

admin.site.site_header = "Beheer van de monitor"
admin.site.site_title = "Beheer"
admin.site.index_title = "Gegevens"
