from django.urls import path

from sponsors import share, views

app_name = "sponsors"

urlpatterns = [
    path("", views.sponsor_list, name="list"),
    path("<slug:slug>/share.png", share.picture, name="picture"),
    path("list.csv", views.sponsor_list_csv, name="list_csv"),
    path("list.json", views.sponsor_list_json, name="list_json"),
    path("<slug:slug>/", views.sponsor_detail, name="detail"),
]
