from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "statements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bills.refresh import bills_arrived
        from sponsors.roster import people_arrived
        from statements.loading import tie_waiting

        for arrived in (bills_arrived, people_arrived):
            arrived.connect(lambda **_: tie_waiting(), weak=False, dispatch_uid="statements.tie_waiting")
