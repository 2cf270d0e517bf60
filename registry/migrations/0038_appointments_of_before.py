"""Appointments of before get the origin of their holder, and acting ones the kind and the reason that nobody asked then."""

from django.db import migrations

FORWARD = """
UPDATE registry_appointment AS held SET origin = who.origin FROM registry_user AS who WHERE who.id = held.user_id;
UPDATE registry_appointment SET kind = 'acting', reason = 'unsaid' WHERE acting;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0037_appointments_in_full")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
