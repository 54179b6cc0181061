from django.urls import path

from bills import converters, subject_views, views  # noqa: F401 (registers the converters)

app_name = "bills"

BILL = "bills/<legislature:legislature>/<session_year:session_year>/<print_no:print_no>"

urlpatterns = [
    path("bills/", views.bill_list, name="list"),
    path("bills/go/", views.go, name="go"),
    path(f"{BILL}/", views.bill_detail, name="detail"),
    path(f"{BILL}/poll/", views.poll, name="poll"),
    path(f"{BILL}/changes/", views.bill_changes, name="changes"),
    path("proposals/", subject_views.proposal_list, name="proposals"),
    path("proposals/<slug:slug>/", subject_views.proposal_detail, name="proposal"),
    path("issues/", subject_views.issue_list, name="issues"),
    path("issues/<slug:slug>/", subject_views.issue_detail, name="issue"),
    path("status/", views.status, name="status"),
]
