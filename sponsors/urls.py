from django.urls import path

from sponsors import body_views, share, views

app_name = "sponsors"

COMMITTEE = "committees/<slug:legislature>/<slug:chamber>/<slug:slug>"

urlpatterns = [
    path("sponsors/", views.sponsor_list, name="list"),
    path("sponsors/list.csv", views.sponsor_list_csv, name="list_csv"),
    path("sponsors/list.json", views.sponsor_list_json, name="list_json"),
    path("sponsors/<slug:slug>/share.png", share.picture, name="picture"),
    path("sponsors/<slug:slug>/", views.sponsor_detail, name="detail"),
    path("committees/", body_views.committee_list, name="committees"),
    path(f"{COMMITTEE}/", body_views.committee_detail, name="committee"),
    path("organizations/", body_views.organization_list, name="organizations"),
    path("organizations/<slug:slug>/", body_views.organization_detail, name="organization"),
]
