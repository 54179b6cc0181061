from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bills', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='refreshrun',
            name='due',
            field=models.PositiveIntegerField(default=0, help_text='Bills that the run set out to check.'),
        ),
    ]
