"""Notifications, preferences, mailboxes."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("refused", models.PositiveSmallIntegerField(default=0)),
                ("stopped", models.DateTimeField(null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("subject", models.UUIDField(null=True)),
                ("created", models.DateTimeField()),
                ("read", models.DateTimeField(null=True)),
                (
                    "letter",
                    models.CharField(
                        choices=[
                            ("none", "No letter"),
                            ("waiting", "Waiting"),
                            ("daily", "In the letter of the day"),
                            ("sent", "Sent"),
                            ("failed", "Could not be sent"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("mailed", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "created"], name="notices_of_person"),
                    models.Index(
                        condition=models.Q(("read__isnull", True)),
                        fields=["person"],
                        name="notices_unread_of_person",
                    ),
                    models.Index(
                        condition=models.Q(("letter__in", ["waiting", "daily"])),
                        fields=["letter", "created"],
                        name="notices_to_send",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("letter", "sent"), ("mailed__isnull", False)),
                            models.Q(
                                models.Q(("letter", "sent"), _negated=True),
                                ("mailed__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="notices_sent_has_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("at-once", "At once"),
                            ("daily", "Once a day, together"),
                            ("never", "Not at all"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind"), name="notices_one_preference"
                    )
                ],
            },
        ),
    ]
