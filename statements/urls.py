from django.urls import path, register_converter

from statements import share, views


class YearConverter:
    """The year of a statement, or "undated"."""

    regex = "[0-9]{4}|undated"

    def to_python(self, value: str) -> int | None:
        return None if value == "undated" else int(value)

    def to_url(self, value: str | int | None) -> str:
        return "undated" if value is None else str(value)


register_converter(YearConverter, "statement_year")

app_name = "statements"

urlpatterns = [
    path("statements/", views.statement_list, name="list"),
    path("statements/list.csv", views.statement_list_csv, name="list_csv"),
    path("statements/list.json", views.statement_list_json, name="list_json"),
    path("statements/feed.atom", views.statement_list_atom, name="list_atom"),
    path("statements/<statement_year:year>/<slug:slug>/share.png", share.picture, name="picture"),
    path("statements/<statement_year:year>/<slug:slug>/", views.statement_detail, name="detail"),
    path("glossary/", views.glossary, name="glossary"),
]
