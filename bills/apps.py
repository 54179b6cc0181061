from django.apps import AppConfig


class BillsConfig(AppConfig):
    name = "bills"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bills.refresh import bills_arrived
        from bills.refresh.sponsorships import resolve_waiting
        from bills.search.indexing import index_bills_of_people
        from bills.tracking.wanted import strike_off_arrived
        from sponsors.roster import people_arrived, people_renamed

        people_arrived.connect(lambda **_: resolve_waiting(), weak=False, dispatch_uid="bills.sponsorships")
        people_renamed.connect(
            lambda ids, **_: index_bills_of_people(ids), weak=False, dispatch_uid="bills.search"
        )
        bills_arrived.connect(lambda **_: strike_off_arrived(), weak=False, dispatch_uid="bills.wanted")
