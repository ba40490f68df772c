"""The addresses of this app: the start page, a kadernota, a priority."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.begin, name="begin"),
    path("robots.txt", views.robots, name="robots"),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
    path("<slug:slug>/", views.kadernota, name="kadernota"),
    path("<slug:slug>/prioriteit/<int:number>/", views.prioriteit, name="prioriteit"),
    path("<slug:slug>/prioriteit/<int:number>/tabel.<slug:extension>", views.prioriteit_tabel, name="prioriteit-tabel"),
]
