"""Shares of materials never pass the whole, and a sub-category is of the product's category: held by PostgreSQL."""

from django.db import migrations

RULES = r"""
ALTER TABLE registry_product ADD CONSTRAINT product_subcategory_is_of_its_category
    FOREIGN KEY (subcategory_id, category_id) REFERENCES registry_subcategory (id, category_id);

CREATE FUNCTION shares_stay_within_the_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT COALESCE(sum(share), 0) FROM registry_material WHERE product_id = NEW.product_id AND ended_at IS NULL) > 100 THEN
        RAISE EXCEPTION 'the shares of the materials of a product add up to more than 100' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_within_the_whole AFTER INSERT OR UPDATE ON registry_material
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shares_stay_within_the_whole();
ALTER TABLE registry_material ENABLE ALWAYS TRIGGER shares_within_the_whole;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_material FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('ended_at', 'place');
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_salesplace FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('ended_at', 'place');
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON registry_prize FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('ended_at', 'place');
ALTER TABLE registry_material ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE registry_salesplace ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE registry_prize ENABLE ALWAYS TRIGGER frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_products_in_full")]

    operations = [migrations.RunSQL(RULES, migrations.RunSQL.noop)]
