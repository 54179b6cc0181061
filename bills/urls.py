from django.urls import path

from bills import converters, views  # noqa: F401 (registers the converters)

app_name = "bills"

BILL = "bills/<legislature:legislature>/<session_year:session_year>/<print_no:print_no>"

urlpatterns = [
    path("bills/", views.bill_list, name="list"),
    path("bills/list.csv", views.bill_list_csv, name="list_csv"),
    path("bills/list.json", views.bill_list_json, name="list_json"),
    path("bills/feed.atom", views.bill_list_atom, name="list_atom"),
    path("bills/go/", views.go, name="go"),
    path(f"{BILL}/", views.bill_detail, name="detail"),
    path(f"{BILL}/poll/", views.poll, name="poll"),
    path(f"{BILL}/changes/", views.bill_changes, name="changes"),
    path("issues/<slug:slug>/", views.issue, name="issue"),
    path("status/", views.status, name="status"),
]
