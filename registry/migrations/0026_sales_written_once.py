"""Sales and yearly answers are written once; a sale lies in a month that was, of a producer that was there."""

from django.db import migrations

FORWARD = r"""
ALTER TABLE registry_sale ADD CONSTRAINT a_sale_lies_in_no_month_to_come
    CHECK (month <= (at AT TIME ZONE 'Asia/Bangkok')::date);
ALTER TABLE registry_sale ADD CONSTRAINT a_correction_is_of_the_same_producer_month_and_channel
    FOREIGN KEY (supersedes_id, producer_id, month, channel_id, area_id)
    REFERENCES registry_sale (id, producer_id, month, channel_id, area_id);

CREATE FUNCTION refuse_a_sale_without_its_producer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE began date; ended date; before timestamptz;
BEGIN
    SELECT registered_on, ended_on INTO began, ended FROM registry_producer WHERE id = NEW.producer_id;
    IF NEW.month < date_trunc('month', began) OR NEW.month > ended THEN
        RAISE EXCEPTION 'a sale lies in a month in which its producer was in the register' USING ERRCODE = 'check_violation';
    END IF;
    SELECT at INTO before FROM registry_sale WHERE id = NEW.supersedes_id;
    IF NEW.at < before THEN
        RAISE EXCEPTION 'a correction is not older than what it corrects' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_its_producer BEFORE INSERT ON registry_sale FOR EACH ROW EXECUTE FUNCTION refuse_a_sale_without_its_producer();
ALTER TABLE registry_sale ENABLE ALWAYS TRIGGER of_its_producer;

SELECT make_append_only('registry_sale');
SELECT make_append_only('registry_confirmation');
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0025_sales_and_confirmations")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
