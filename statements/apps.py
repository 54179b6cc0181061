from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "statements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bills.refresh import bills_arrived
        from sponsors.roster import people_arrived, people_renamed
        from statements.loading import tie_waiting
        from statements.search.indexing import index_statements_of_people

        people_renamed.connect(
            lambda ids, **_: index_statements_of_people(ids), weak=False, dispatch_uid="statements.search"
        )
        for arrived in (bills_arrived, people_arrived):
            arrived.connect(lambda **_: tie_waiting(), weak=False, dispatch_uid="statements.tie_waiting")
            arrived.connect(_gather_words, weak=False, dispatch_uid="statements.gather_words")


def _gather_words(**_kwargs) -> None:
    """Returns nothing: whoever sends the news adds up what its receivers changed."""
    from statements.search.vocabulary import gather_words

    gather_words()
