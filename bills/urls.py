from django.urls import path

from bills import converters, subject_views, views  # noqa: F401 (registers the converters)
from bills.share import calendars, feeds
from bills.share import views as share

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
    path(f"{BILL}/embed/", share.embed, name="embed"),
    path(f"{BILL}/badge.svg", share.badge_svg, name="badge"),
    path(f"{BILL}/share.png", share.picture, name="picture"),
    path(f"{BILL}/share/", share.share, name="share"),
    path(f"{BILL}/feed.atom", feeds.bill_feed, name="bill-feed"),
    path(f"{BILL}/calendar.ics", calendars.bill_calendar, name="bill-calendar"),
    path("issues/<slug:slug>/feed.atom", feeds.issue_feed, name="issue-feed"),
    path("issues/<slug:slug>/calendar.ics", calendars.issue_calendar, name="issue-calendar"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar.ics", calendars.whole_calendar, name="whole-calendar"),
    path("oembed/", share.embedding, name="oembed"),
    path("share.png", share.site_picture, name="site-picture"),
    path(f"{BILL}/compare/", views.bill_compare, name="compare"),
    path("proposals/", subject_views.proposal_list, name="proposals"),
    path("proposals/<slug:slug>/", subject_views.proposal_detail, name="proposal"),
    path("issues/", subject_views.issue_list, name="issues"),
    path("issues/<slug:slug>/", subject_views.issue_detail, name="issue"),
    path("status/", views.status, name="status"),
]
