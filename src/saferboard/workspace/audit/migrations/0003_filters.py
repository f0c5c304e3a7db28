"""Indexes for the filters of the audit page: by agency, by purpose, by request."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_rights")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["agency", "at"], name="audit_event_agency"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("purpose__gt", "")),
                fields=["purpose", "at"],
                name="audit_event_purpose",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("request__isnull", False)),
                fields=["request"],
                name="audit_event_request",
            ),
        ),
    ]
