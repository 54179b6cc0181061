from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import URLPattern, URLResolver, include, path

from config import reuse, search, sitemaps, views
from config.api import api
from statements.feeds import person_feed

admin.site.site_header = "Passage"
admin.site.site_title = "Passage"
admin.site.index_title = "The staff's desk"

# Pages that people read, in every language; English ones have no prefix.
pages: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("", include("bills.urls")),
    path("", include("sponsors.urls")),
    path("sponsors/<slug:slug>/feed.atom", person_feed, name="person-feed"),
    path("", include("statements.urls")),
    path("api/", reuse.api_reference, name="api-reference"),
    path("data/", reuse.data, name="data"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("search/feed.atom", search.search_feed, name="search-feed"),
    path("privacy/", views.privacy, name="privacy"),
    path("about/", views.about, name="about"),
]
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<section>.xml", sitemap_views.sitemap,
         {"sitemaps": sitemaps.SITEMAPS, "template_name": "sitemap.xml"}, name="sitemap-section"),
    path("api/v1/", api.urls),
    path("data/<str:name>", reuse.data_file, name="data-file"),
    path("admin/", admin.site.urls),
    *i18n_patterns(*pages, prefix_default_language=False),
]  # fmt: skip

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"
