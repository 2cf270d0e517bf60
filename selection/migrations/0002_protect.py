"""What must never exist in a selection: held by composite keys, append-only tables and triggers."""

from django.db import migrations

ORIGINS = r"""
ALTER TABLE selection_entry ADD CONSTRAINT entry_has_its_products_origin
    FOREIGN KEY (product_id, origin) REFERENCES registry_product (id, origin);
ALTER TABLE selection_award ADD CONSTRAINT award_has_its_entrys_origin
    FOREIGN KEY (entry_id, origin) REFERENCES selection_entry (id, origin);
ALTER TABLE selection_award ADD CONSTRAINT award_is_of_its_entrys_round
    FOREIGN KEY (entry_id, round_id) REFERENCES selection_entry (id, round_id);
ALTER TABLE selection_award ADD CONSTRAINT award_is_of_a_standard_round_of_its_origin
    FOREIGN KEY (round_id, origin, round_kind) REFERENCES selection_round (id, origin, kind);
ALTER TABLE selection_certificate ADD CONSTRAINT certificate_has_its_awards_origin
    FOREIGN KEY (award_id, origin) REFERENCES selection_award (id, origin);
"""

APPEND_ONLY = "".join(
    f"SELECT make_append_only('selection_{table}');\n"
    for table in ["sheet", "ranking", "placement", "recusal", "paneldecision", "award", "announcement", "certificate"]
)

FROZEN = r"""
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_assignment FOR EACH ROW EXECUTE FUNCTION refuse_other_columns();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_round FOR EACH ROW WHEN (OLD.state <> 'draft')
    EXECUTE FUNCTION refuse_other_columns('state', 'version', 'changed_at', 'changed_by_id');
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_criteriaset FOR EACH ROW WHEN (OLD.state = 'active')
    EXECUTE FUNCTION refuse_other_columns();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_entry FOR EACH ROW
    EXECUTE FUNCTION refuse_other_columns('stage', 'state', 'version', 'changed_at', 'changed_by_id');
ALTER TABLE selection_assignment ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_round ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_criteriaset ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_entry ENABLE ALWAYS TRIGGER frozen;

-- What belongs to an opened round or an active criteria set is as frozen as they are.
CREATE FUNCTION refuse_in_opened_round() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE in_round bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN in_round := OLD.round_id; ELSE in_round := NEW.round_id; END IF;
    IF (SELECT state FROM selection_round WHERE id = in_round) <> 'draft'
       OR (TG_OP = 'UPDATE' AND (SELECT state FROM selection_round WHERE id = OLD.round_id) <> 'draft') THEN
        RAISE EXCEPTION 'the rules of an opened round are frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_starband FOR EACH ROW EXECUTE FUNCTION refuse_in_opened_round();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_roundcriteria FOR EACH ROW EXECUTE FUNCTION refuse_in_opened_round();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_roundstandard FOR EACH ROW EXECUTE FUNCTION refuse_in_opened_round();
ALTER TABLE selection_starband ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_roundcriteria ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_roundstandard ENABLE ALWAYS TRIGGER frozen;

CREATE FUNCTION keep_stage_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM selection_round WHERE id = OLD.round_id) <> 'draft' AND
       (TG_OP = 'DELETE' OR to_jsonb(OLD) - 'state' <> to_jsonb(NEW) - 'state') THEN
        RAISE EXCEPTION 'the stages of an opened round are frozen but for their state' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_stage FOR EACH ROW EXECUTE FUNCTION keep_stage_rules();
ALTER TABLE selection_stage ENABLE ALWAYS TRIGGER frozen;

CREATE FUNCTION criteria_state(of_table text, row_id bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT s.state FROM selection_criteriaset s WHERE s.id = CASE of_table
        WHEN 'selection_part' THEN (SELECT criteria_set_id FROM selection_part WHERE id = row_id)
        WHEN 'selection_group' THEN (SELECT p.criteria_set_id FROM selection_group g JOIN selection_part p ON p.id = g.part_id WHERE g.id = row_id)
        WHEN 'selection_item' THEN (SELECT p.criteria_set_id FROM selection_item i JOIN selection_group g ON g.id = i.group_id
                                    JOIN selection_part p ON p.id = g.part_id WHERE i.id = row_id)
        ELSE row_id END
$$;
CREATE FUNCTION refuse_in_active_set() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE link jsonb := to_jsonb(COALESCE(NEW, OLD));
BEGIN
    IF criteria_state(TG_ARGV[0], (link ->> TG_ARGV[1])::bigint) = 'active' THEN
        RAISE EXCEPTION 'an active criteria set is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_part FOR EACH ROW
    EXECUTE FUNCTION refuse_in_active_set('selection_criteriaset', 'criteria_set_id');
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_group FOR EACH ROW
    EXECUTE FUNCTION refuse_in_active_set('selection_part', 'part_id');
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_item FOR EACH ROW
    EXECUTE FUNCTION refuse_in_active_set('selection_group', 'group_id');
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_describedlevel FOR EACH ROW
    EXECUTE FUNCTION refuse_in_active_set('selection_item', 'item_id');
ALTER TABLE selection_part ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_group ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_item ENABLE ALWAYS TRIGGER frozen;
ALTER TABLE selection_describedlevel ENABLE ALWAYS TRIGGER frozen;
"""

FACTS = r"""
-- A stage grows only on a placement that sends the entry up, and only by one.
CREATE FUNCTION entry_rises_by_a_placement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage <> OLD.stage AND (NEW.stage <> OLD.stage + 1 OR NOT EXISTS (
        SELECT 1 FROM selection_placement p JOIN selection_ranking r ON r.id = p.ranking_id JOIN selection_stage s ON s.id = r.stage_id
        WHERE p.entry_id = NEW.id AND p.up AND s.round_id = NEW.round_id AND s.number = OLD.stage)) THEN
        RAISE EXCEPTION 'an entry rises only by a placement of its stage' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rises BEFORE UPDATE ON selection_entry FOR EACH ROW EXECUTE FUNCTION entry_rises_by_a_placement();
CREATE FUNCTION entry_begins_at_stage_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage <> 1 OR NEW.state <> 'competing' THEN
        RAISE EXCEPTION 'an entry begins at stage one' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON selection_entry FOR EACH ROW EXECUTE FUNCTION entry_begins_at_stage_one();

-- Working lines end with their panel.
CREATE FUNCTION refuse_in_settled_panel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM selection_panel WHERE id = COALESCE(NEW.panel_id, OLD.panel_id)) <> 'open' THEN
        RAISE EXCEPTION 'the panel is settled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER open_panel BEFORE INSERT OR UPDATE OR DELETE ON selection_forumline FOR EACH ROW EXECUTE FUNCTION refuse_in_settled_panel();
CREATE TRIGGER open_panel BEFORE INSERT OR UPDATE OR DELETE ON selection_rankline FOR EACH ROW EXECUTE FUNCTION refuse_in_settled_panel();
CREATE TRIGGER open_panel BEFORE INSERT OR UPDATE OR DELETE ON selection_supportline FOR EACH ROW EXECUTE FUNCTION refuse_in_settled_panel();
CREATE TRIGGER open_panel BEFORE INSERT OR UPDATE OR DELETE ON selection_decisionline FOR EACH ROW EXECUTE FUNCTION refuse_in_settled_panel();
CREATE TRIGGER open_panel BEFORE INSERT ON selection_recusal FOR EACH ROW EXECUTE FUNCTION refuse_in_settled_panel();
CREATE TRIGGER open_panel BEFORE INSERT ON selection_assignment FOR EACH ROW EXECUTE FUNCTION refuse_in_settled_panel();
ALTER TABLE selection_forumline ENABLE ALWAYS TRIGGER open_panel;
ALTER TABLE selection_rankline ENABLE ALWAYS TRIGGER open_panel;
ALTER TABLE selection_supportline ENABLE ALWAYS TRIGGER open_panel;
ALTER TABLE selection_decisionline ENABLE ALWAYS TRIGGER open_panel;

CREATE FUNCTION panel_never_reopens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'settled' AND to_jsonb(NEW) - 'version' - 'changed_at' - 'changed_by_id' <> to_jsonb(OLD) - 'version' - 'changed_at' - 'changed_by_id' THEN
        RAISE EXCEPTION 'a settled panel is only followed, never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settled BEFORE UPDATE ON selection_panel FOR EACH ROW EXECUTE FUNCTION panel_never_reopens();
ALTER TABLE selection_panel ENABLE ALWAYS TRIGGER settled;

-- A sheet is signed by a seat of the panel that has not left for this item, while the panel is open, on a part of its stage.
CREATE FUNCTION sheet_is_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE p record; old_sheet record;
BEGIN
    SELECT pa.state, pa.committee_id, s.number, s.round_id INTO p FROM selection_panel pa JOIN selection_stage s ON s.id = pa.stage_id WHERE pa.id = NEW.panel_id;
    IF p.state <> 'open' THEN RAISE EXCEPTION 'the panel is settled' USING ERRCODE = 'restrict_violation'; END IF;
    IF NOT EXISTS (SELECT 1 FROM registry_seat WHERE id = NEW.seat_id AND committee_id = p.committee_id) THEN
        RAISE EXCEPTION 'the seat is not on the panel' USING ERRCODE = 'restrict_violation'; END IF;
    IF EXISTS (SELECT 1 FROM selection_recusal WHERE panel_id = NEW.panel_id AND entry_id = NEW.entry_id AND seat_id = NEW.seat_id) THEN
        RAISE EXCEPTION 'the seat has left for this entry' USING ERRCODE = 'restrict_violation'; END IF;
    IF (SELECT stage FROM selection_part WHERE id = NEW.part_id) <> p.number THEN
        RAISE EXCEPTION 'the part is scored at another stage' USING ERRCODE = 'restrict_violation'; END IF;
    IF (SELECT round_id FROM selection_entry WHERE id = NEW.entry_id AND stage = p.number) IS DISTINCT FROM p.round_id THEN
        RAISE EXCEPTION 'the entry does not stand at this stage' USING ERRCODE = 'restrict_violation'; END IF;
    IF NEW.supersedes_id IS NOT NULL THEN
        SELECT * INTO old_sheet FROM selection_sheet WHERE id = NEW.supersedes_id;
        IF (old_sheet.seat_id, old_sheet.entry_id, old_sheet.part_id) IS DISTINCT FROM (NEW.seat_id, NEW.entry_id, NEW.part_id) THEN
            RAISE EXCEPTION 'a sheet supersedes only one of the same seat, entry and part' USING ERRCODE = 'restrict_violation'; END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT ON selection_sheet FOR EACH ROW EXECUTE FUNCTION sheet_is_in_order();
ALTER TABLE selection_sheet ENABLE ALWAYS TRIGGER in_order;

-- A frozen report is never rewritten.
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON selection_yearlyreport FOR EACH ROW WHEN (OLD.frozen) EXECUTE FUNCTION refuse_other_columns();
ALTER TABLE selection_yearlyreport ENABLE ALWAYS TRIGGER frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("selection", "0001_first"), ("registry", "0002_protect")]

    operations = [
        migrations.RunSQL(ORIGINS, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(FROZEN, migrations.RunSQL.noop),
        migrations.RunSQL(FACTS, migrations.RunSQL.noop),
    ]
