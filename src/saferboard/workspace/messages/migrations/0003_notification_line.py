"""A notification says which thing it is about, in the app."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_row_level_security"),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="line",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
