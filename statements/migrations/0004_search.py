"""What search reads of statements, the words it knows, and the rows for all that is here already."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import DatabaseError, migrations, models, transaction


def fill(apps, schema_editor):
    """For rows that are here already. Never in a new database, where nothing is to be read yet."""
    if not apps.get_model("bills", "Bill").objects.exists():
        return
    from bills.search.indexing import index_all_bills
    from statements.search.indexing import index_all_statements
    from statements.search.vocabulary import gather_words

    # The code of the day on which this is run knows the columns that the tables will have in the end. Where it no
    # longer fits those of this step, the nightly task fills them.
    try:
        with transaction.atomic():
            for portions in (index_all_bills(), index_all_statements()):
                for _last in portions:
                    pass
            gather_words()
    except DatabaseError:
        pass


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0003_day_of_a_correction'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatementSearch',
            fields=[
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_row', serialize=False, to='statements.statement')),
                ('said_on', models.DateField(null=True)),
                ('title', models.TextField()),
                ('people', models.TextField(help_text='Speakers with their roles, organisations, the publisher.')),
                ('subjects', models.TextField(help_text='Issues, programmes, and the bills named with their names.')),
                ('body', models.TextField()),
                ('vector', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('title'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'A')"), models.Func(models.F('title'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'A')"), models.Func(models.F('title'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_es'::regconfig, %(expressions)s), 'A')"), models.Func(models.F('people'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'B')"), models.Func(models.F('people'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'B')"), models.Func(models.F('subjects'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'C')"), models.Func(models.F('subjects'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'C')"), models.Func(models.F('subjects'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_es'::regconfig, %(expressions)s), 'C')"), models.Func(models.F('body'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'D')"), models.Func(models.F('body'), output_field=django.contrib.postgres.search.SearchVectorField(), template="setweight(to_tsvector('public.passage_es'::regconfig, %(expressions)s), 'D')"), arg_joiner=' || ', output_field=django.contrib.postgres.search.SearchVectorField(), template='%(expressions)s'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='statement_search_words')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('uses', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='public.gin_trgm_ops'), name='word_trigrams')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
