"""Triggers that tell a bill's row in the lists whether a published statement names it."""

from django.db import migrations

HEARD = """
CREATE FUNCTION statements_speak_of(bill bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE bills_listedbill SET is_spoken_of = NOT is_spoken_of
    WHERE bill_id = bill AND is_spoken_of <> EXISTS (
        SELECT 1 FROM statements_billmention mention
        JOIN statements_statement statement ON statement.id = mention.statement_id
        WHERE mention.bill_id = bill AND statement.state = 'published'
    )
$$;

CREATE FUNCTION statements_list_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM statements_speak_of(OLD.bill_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM statements_speak_of(NEW.bill_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION statements_list_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM statements_speak_of(mention.bill_id)
    FROM statements_billmention mention WHERE mention.statement_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER listed_mention AFTER INSERT OR UPDATE OR DELETE ON statements_billmention FOR EACH ROW
    EXECUTE FUNCTION statements_list_mention();
CREATE TRIGGER listed_statement AFTER UPDATE ON statements_statement FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION statements_list_statement();

UPDATE bills_listedbill SET is_spoken_of = true
WHERE bill_id IN (
    SELECT mention.bill_id FROM statements_billmention mention
    JOIN statements_statement statement ON statement.id = mention.statement_id
    WHERE statement.state = 'published'
);
"""
UNHEARD = """
DROP FUNCTION statements_list_mention, statements_list_statement CASCADE;
DROP FUNCTION statements_speak_of;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("statements", "0001_initial"),
        ("bills", "0006_listed_bills"),
    ]

    operations = [migrations.RunSQL(HEARD, UNHEARD)]
