"""One narrow row per bill for the lists, kept by triggers. docs/decisions/0013-lists.md says why."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Of each source table only what the lists show: a check that finds nothing new (`checked_at`) touches no row here.
OWN = (
    "is_published", "session_id", "status", "outcome", "committee_id", "introduced_on", "last_action_on",
    "base_print_no", "short_name", "title",
)  # fmt: skip

LISTED = """
CREATE FUNCTION bills_number_key(number varchar) RETURNS varchar LANGUAGE sql IMMUTABLE AS $$
    SELECT left(regexp_replace(number, ' ?[0-9]+$', '') || lpad(substring(number from '[0-9]+$'), 8, '0'), 30)
$$;

CREATE FUNCTION bills_title_key(short_name varchar, title text, number varchar) RETURNS varchar
LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(left(coalesce(nullif(short_name, ''), nullif(title, ''), number), 80))
$$;

CREATE FUNCTION bills_prime_party(bill bigint) RETURNS varchar LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT term.party
        FROM bills_sponsorship sponsorship JOIN sponsors_term term ON term.id = sponsorship.term_id
        WHERE sponsorship.bill_id = bill AND sponsorship.kind = 'prime' AND sponsorship.withdrawn_on IS NULL
        ORDER BY sponsorship.position, sponsorship.id LIMIT 1
    ), '')
$$;

CREATE FUNCTION bills_issues_of(bill bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(issue_id ORDER BY issue_id), '{}') FROM bills_bill_issues WHERE bill_id = bill
$$;

CREATE FUNCTION bills_list_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bills_listedbill AS listed (
        bill_id, is_published, session_id, session_start, session_end, status, outcome, committee_id,
        introduced_on, last_action_on, number_key, title_key, party, issue_ids, is_spoken_of, answers
    )
    SELECT NEW.id, NEW.is_published, session.id, session.start, session."end", NEW.status, NEW.outcome,
        NEW.committee_id, NEW.introduced_on, NEW.last_action_on, bills_number_key(NEW.base_print_no),
        bills_title_key(NEW.short_name, NEW.title, NEW.base_print_no), '', '{}', false, 0
    FROM bills_session session WHERE session.id = NEW.session_id
    ON CONFLICT (bill_id) DO UPDATE SET
        is_published = excluded.is_published, session_id = excluded.session_id,
        session_start = excluded.session_start, session_end = excluded.session_end,
        status = excluded.status, outcome = excluded.outcome, committee_id = excluded.committee_id,
        introduced_on = excluded.introduced_on, last_action_on = excluded.last_action_on,
        number_key = excluded.number_key, title_key = excluded.title_key;
    RETURN NULL;
END $$;

CREATE FUNCTION bills_unlist_bill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM bills_listedbill WHERE bill_id = OLD.id;
    RETURN NULL;
END $$;

CREATE FUNCTION bills_list_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE bills_listedbill SET session_start = NEW.start, session_end = NEW."end" WHERE session_id = NEW.id;
    RETURN NULL;
END $$;

-- New rows come many in a statement, and are listed together: one by one they take most of the time of a load.
CREATE FUNCTION bills_list_new_bills() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bills_listedbill (
        bill_id, is_published, session_id, session_start, session_end, status, outcome, committee_id,
        introduced_on, last_action_on, number_key, title_key, party, issue_ids, is_spoken_of, answers
    )
    SELECT fresh.id, fresh.is_published, session.id, session.start, session."end", fresh.status, fresh.outcome,
        fresh.committee_id, fresh.introduced_on, fresh.last_action_on, bills_number_key(fresh.base_print_no),
        bills_title_key(fresh.short_name, fresh.title, fresh.base_print_no), '', '{}', false, 0
    FROM fresh JOIN bills_session session ON session.id = fresh.session_id;
    RETURN NULL;
END $$;

CREATE FUNCTION bills_list_new_sponsorships() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE bills_listedbill SET party = bills_prime_party(bill_id)
    WHERE bill_id IN (SELECT bill_id FROM fresh WHERE kind = 'prime' AND term_id IS NOT NULL);
    RETURN NULL;
END $$;

CREATE FUNCTION bills_list_new_issues() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE bills_listedbill SET issue_ids = bills_issues_of(bill_id) WHERE bill_id IN (SELECT bill_id FROM fresh);
    RETURN NULL;
END $$;

CREATE FUNCTION bills_list_sponsorship() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE bills_listedbill SET party = bills_prime_party(OLD.bill_id) WHERE bill_id = OLD.bill_id;
    IF TG_OP = 'UPDATE' THEN
        UPDATE bills_listedbill SET party = bills_prime_party(NEW.bill_id) WHERE bill_id = NEW.bill_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION bills_list_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE bills_listedbill SET party = bills_prime_party(bill_id)
    WHERE bill_id IN (SELECT bill_id FROM bills_sponsorship WHERE term_id = NEW.id AND kind = 'prime');
    RETURN NULL;
END $$;

CREATE FUNCTION bills_list_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE bills_listedbill SET issue_ids = bills_issues_of(OLD.bill_id) WHERE bill_id = OLD.bill_id;
    IF TG_OP = 'UPDATE' THEN
        UPDATE bills_listedbill SET issue_ids = bills_issues_of(NEW.bill_id) WHERE bill_id = NEW.bill_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION bills_listed_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.written_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER listed_written BEFORE INSERT OR UPDATE ON bills_listedbill
    FOR EACH ROW EXECUTE FUNCTION bills_listed_written();

CREATE TRIGGER listed_new AFTER INSERT ON bills_bill REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION bills_list_new_bills();
CREATE TRIGGER listed_moved AFTER UPDATE ON bills_bill FOR EACH ROW
    WHEN ((%(old)s) IS DISTINCT FROM (%(new)s)) EXECUTE FUNCTION bills_list_bill();
CREATE TRIGGER listed_gone AFTER DELETE ON bills_bill FOR EACH ROW EXECUTE FUNCTION bills_unlist_bill();
CREATE TRIGGER listed_session AFTER UPDATE ON bills_session FOR EACH ROW
    WHEN ((OLD.start, OLD."end") IS DISTINCT FROM (NEW.start, NEW."end"))
    EXECUTE FUNCTION bills_list_session();
CREATE TRIGGER listed_sponsor_new AFTER INSERT ON bills_sponsorship REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION bills_list_new_sponsorships();
CREATE TRIGGER listed_sponsor_moved AFTER UPDATE ON bills_sponsorship FOR EACH ROW
    WHEN ((OLD.kind = 'prime' OR NEW.kind = 'prime')
        AND (OLD.bill_id, OLD.kind, OLD.position, OLD.term_id, OLD.withdrawn_on)
            IS DISTINCT FROM (NEW.bill_id, NEW.kind, NEW.position, NEW.term_id, NEW.withdrawn_on))
    EXECUTE FUNCTION bills_list_sponsorship();
CREATE TRIGGER listed_sponsor_gone AFTER DELETE ON bills_sponsorship FOR EACH ROW
    WHEN (OLD.kind = 'prime') EXECUTE FUNCTION bills_list_sponsorship();
CREATE TRIGGER listed_term AFTER UPDATE ON sponsors_term FOR EACH ROW
    WHEN (OLD.party IS DISTINCT FROM NEW.party) EXECUTE FUNCTION bills_list_term();
CREATE TRIGGER listed_issue_new AFTER INSERT ON bills_bill_issues REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION bills_list_new_issues();
CREATE TRIGGER listed_issue AFTER UPDATE OR DELETE ON bills_bill_issues FOR EACH ROW
    EXECUTE FUNCTION bills_list_issue();

INSERT INTO bills_listedbill (
    bill_id, is_published, session_id, session_start, session_end, status, outcome, committee_id,
    introduced_on, last_action_on, number_key, title_key, party, issue_ids, is_spoken_of, answers
)
SELECT bill.id, bill.is_published, session.id, session.start, session."end", bill.status, bill.outcome,
    bill.committee_id, bill.introduced_on, bill.last_action_on, bills_number_key(bill.base_print_no),
    bills_title_key(bill.short_name, bill.title, bill.base_print_no), bills_prime_party(bill.id),
    bills_issues_of(bill.id), false,
    (SELECT count(*) FROM bills_pollanswer answer WHERE answer.bill_id = bill.id)
FROM bills_bill bill JOIN bills_session session ON session.id = bill.session_id;
""" % {
    "old": ", ".join(f"OLD.{name}" for name in OWN),
    "new": ", ".join(f"NEW.{name}" for name in OWN),
}
UNLISTED = """
DROP FUNCTION bills_list_bill, bills_unlist_bill, bills_list_session, bills_list_sponsorship, bills_list_term,
    bills_list_issue, bills_list_new_bills, bills_list_new_sponsorships, bills_list_new_issues,
    bills_listed_written CASCADE;
DROP FUNCTION bills_number_key, bills_title_key, bills_prime_party, bills_issues_of;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bills', "0005_announced_meetings"),
        ('sponsors', '0002_legislatures'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListedBill',
            fields=[
                ('bill', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='listed', serialize=False, to='bills.bill')),
                ('is_published', models.BooleanField()),
                ('session_start', models.DateField()),
                ('session_end', models.DateField()),
                ('status', models.CharField(max_length=30)),
                ('outcome', models.CharField(max_length=30)),
                ('party', models.CharField(help_text='Of the prime sponsor, in the term of that time.', max_length=60)),
                ('issue_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('is_spoken_of', models.BooleanField(default=False, help_text='Whether a published statement names it.')),
                ('introduced_on', models.DateField(null=True)),
                ('last_action_on', models.DateField(null=True)),
                ('answers', models.PositiveIntegerField(default=0, help_text='To its poll, when last counted.')),
                ('number_key', models.CharField(help_text='S4075 as S00004075, so that numbers sort.', max_length=30)),
                ('written_in', models.BigIntegerField(default=0, help_text='The transaction that wrote it last; a trigger sets it.')),
                ('title_key', models.CharField(help_text='The beginning of its name, in lower case.', max_length=80)),
                ('committee', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sponsors.committee')),
                ('session', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='bills.session')),
            ],
            options={
                'indexes': [models.Index(models.OrderBy(models.F('last_action_on'), descending=True, nulls_last=True), models.OrderBy(models.F('bill'), descending=True), condition=models.Q(('is_published', True)), name='listed_latest'), models.Index(models.OrderBy(models.F('introduced_on'), descending=True, nulls_last=True), models.OrderBy(models.F('bill'), descending=True), condition=models.Q(('is_published', True)), name='listed_newest'), models.Index(models.OrderBy(models.F('answers'), descending=True), models.OrderBy(models.F('last_action_on'), descending=True, nulls_last=True), models.OrderBy(models.F('bill'), descending=True), condition=models.Q(('is_published', True)), name='listed_most_answered'), models.Index(models.F('title_key'), models.OrderBy(models.F('bill'), descending=True), condition=models.Q(('is_published', True)), name='listed_title'), models.Index(models.F('number_key'), models.OrderBy(models.F('bill'), descending=True), condition=models.Q(('is_published', True)), name='listed_number'), models.Index(models.OrderBy(models.F('session_start'), descending=True), models.F('number_key'), models.OrderBy(models.F('bill'), descending=True), condition=models.Q(('is_published', True)), name='listed_session'), models.Index(condition=models.Q(('is_published', False)), fields=['bill'], name='listed_unpublished'), models.Index(fields=['session', 'status'], name='listed_stage'), models.Index(fields=['outcome'], name='listed_outcome'), models.Index(fields=['party'], name='listed_party'), models.Index(condition=models.Q(('is_spoken_of', True)), fields=['is_spoken_of'], name='listed_spoken_of'), django.contrib.postgres.indexes.GinIndex(fields=['issue_ids'], name='listed_issues'), models.Index(fields=['written_in'], name='listed_written')],
            },
        ),
        migrations.RunSQL(LISTED, UNLISTED),
    ]
