from django.apps import AppConfig


class BillsConfig(AppConfig):
    name = "bills"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bills.refresh.sponsorships import resolve_waiting
        from sponsors.roster import people_arrived

        people_arrived.connect(lambda **_: resolve_waiting(), weak=False, dispatch_uid="bills.sponsorships")
