from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from config import search, views
from config.sitemaps import SITEMAPS

admin.site.site_header = "Passage"
admin.site.site_title = "Passage"
admin.site.index_title = "The staff's desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("bills.urls")),
    path("sponsors/", include("sponsors.urls")),
    path("statements/", include("statements.urls")),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("privacy/", views.privacy, name="privacy"),
    path("about/", views.about, name="about"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section",
                                              "template_name": "sitemap_index.xml"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap_views.sitemap,
         {"sitemaps": SITEMAPS, "template_name": "sitemap.xml"}, name="sitemap-section"),
    path("admin/", admin.site.urls),
]  # fmt: skip

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"
