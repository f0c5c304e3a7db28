"""The table in which Django's database cache keeps the counts of wrong tries, so that every worker
of the server knows of them."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(
            """
            create table sign_in_cache (
                cache_key varchar(255) primary key,
                value text not null,
                expires timestamptz not null
            );
            create index sign_in_cache_expires on sign_in_cache (expires);
            """,
            "drop table sign_in_cache;",
        ),
    ]
