"""Nothing slips past the protection by moving a row, going back a state, or naming an entry of another body."""

from django.db import migrations

# Moving a row away from what froze it is a change of it.
MOVES = r"""
CREATE OR REPLACE FUNCTION refuse_in_active_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND criteria_state(TG_ARGV[0], (to_jsonb(OLD) ->> TG_ARGV[1])::bigint) = 'active'
       OR TG_OP <> 'DELETE' AND criteria_state(TG_ARGV[0], (to_jsonb(NEW) ->> TG_ARGV[1])::bigint) = 'active' THEN
        RAISE EXCEPTION 'an active criteria set is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON selection_workedexample FOR EACH ROW
    EXECUTE FUNCTION refuse_in_active_set('selection_criteriaset', 'criteria_set_id');
ALTER TABLE selection_workedexample ENABLE ALWAYS TRIGGER frozen;

CREATE OR REPLACE FUNCTION refuse_in_settled_panel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND (SELECT state FROM selection_panel WHERE id = OLD.panel_id) <> 'open'
       OR TG_OP <> 'DELETE' AND (SELECT state FROM selection_panel WHERE id = NEW.panel_id) <> 'open' THEN
        RAISE EXCEPTION 'the panel is settled' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
ALTER TABLE selection_recusal ENABLE ALWAYS TRIGGER open_panel;
ALTER TABLE selection_assignment ENABLE ALWAYS TRIGGER open_panel;
ALTER TABLE selection_entry ENABLE ALWAYS TRIGGER rises;
ALTER TABLE selection_entry ENABLE ALWAYS TRIGGER begins;
"""

# A state is left forward only.
STATES = r"""
CREATE FUNCTION refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % never goes back to an earlier state', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER forward BEFORE UPDATE ON selection_round FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND (NEW.state = 'draft' OR OLD.state IN ('closed', 'cancelled')
          OR (OLD.state = 'announced' AND NEW.state <> 'closed')))
    EXECUTE FUNCTION refuse_going_back();
CREATE TRIGGER forward BEFORE UPDATE ON selection_stage FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND (NEW.state = 'waiting' OR OLD.state = 'closed')) EXECUTE FUNCTION refuse_going_back();
CREATE TRIGGER forward BEFORE UPDATE ON selection_entry FOR EACH ROW
    WHEN (OLD.state <> 'competing' AND (OLD.state <> NEW.state OR OLD.stage <> NEW.stage)) EXECUTE FUNCTION refuse_going_back();
ALTER TABLE selection_round ENABLE ALWAYS TRIGGER forward;
ALTER TABLE selection_stage ENABLE ALWAYS TRIGGER forward;
ALTER TABLE selection_entry ENABLE ALWAYS TRIGGER forward;
"""

# What is written of an entry is written by the panel before which it stands.
ENTRIES = r"""
CREATE FUNCTION entry_is_before_panel() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_panel bigint := NEW.panel_id;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM selection_entry e JOIN registry_area ea ON ea.id = e.area_id, selection_panel p
        JOIN selection_stage s ON s.id = p.stage_id JOIN registry_area pa ON pa.id = p.area_id
        WHERE e.id = NEW.entry_id AND p.id = of_panel AND e.round_id = s.round_id AND e.stage = s.number
          AND e.state = 'competing' AND pa.lft <= ea.lft AND ea.rght <= pa.rght
          AND (p.category_id IS NULL OR p.category_id = e.category_id)) THEN
        RAISE EXCEPTION 'the entry is not before this panel' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER before_panel BEFORE INSERT OR UPDATE ON selection_forumline FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
CREATE TRIGGER before_panel BEFORE INSERT OR UPDATE ON selection_rankline FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
CREATE TRIGGER before_panel BEFORE INSERT OR UPDATE ON selection_supportline FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
CREATE TRIGGER before_panel BEFORE INSERT OR UPDATE ON selection_decisionline FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
CREATE TRIGGER before_panel BEFORE INSERT ON selection_assignment FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
CREATE TRIGGER before_panel BEFORE INSERT ON selection_recusal FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
CREATE TRIGGER before_panel BEFORE INSERT ON selection_paneldecision FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
CREATE TRIGGER before_panel BEFORE INSERT ON selection_sheet FOR EACH ROW EXECUTE FUNCTION entry_is_before_panel();
ALTER TABLE selection_forumline ENABLE ALWAYS TRIGGER before_panel;
ALTER TABLE selection_rankline ENABLE ALWAYS TRIGGER before_panel;
ALTER TABLE selection_supportline ENABLE ALWAYS TRIGGER before_panel;
ALTER TABLE selection_decisionline ENABLE ALWAYS TRIGGER before_panel;
ALTER TABLE selection_assignment ENABLE ALWAYS TRIGGER before_panel;
ALTER TABLE selection_recusal ENABLE ALWAYS TRIGGER before_panel;
ALTER TABLE selection_paneldecision ENABLE ALWAYS TRIGGER before_panel;
ALTER TABLE selection_sheet ENABLE ALWAYS TRIGGER before_panel;

-- A ranking is of its panel's stage and area, and places what stood before that panel.
CREATE FUNCTION ranking_is_of_its_panel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM selection_panel WHERE id = NEW.panel_id AND stage_id = NEW.stage_id AND area_id = NEW.area_id
           AND category_id IS NOT DISTINCT FROM NEW.category_id AND state = 'open') THEN
        RAISE EXCEPTION 'a ranking is of the stage and area of its open panel' USING ERRCODE = 'restrict_violation';
    END IF;
    IF encode(sha256(NEW.inputs), 'hex') <> NEW.digest THEN
        RAISE EXCEPTION 'the digest of a ranking is of its inputs' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_panel BEFORE INSERT ON selection_ranking FOR EACH ROW EXECUTE FUNCTION ranking_is_of_its_panel();
ALTER TABLE selection_ranking ENABLE ALWAYS TRIGGER of_panel;

CREATE FUNCTION placement_is_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM selection_entry e JOIN registry_area ea ON ea.id = e.area_id, selection_ranking r
        JOIN selection_panel p ON p.id = r.panel_id JOIN selection_stage s ON s.id = r.stage_id
        JOIN registry_area pa ON pa.id = r.area_id
        WHERE e.id = NEW.entry_id AND r.id = NEW.ranking_id AND p.state = 'open' AND e.round_id = s.round_id
          AND e.stage = s.number AND e.state = 'competing' AND pa.lft <= ea.lft AND ea.rght <= pa.rght
          AND (r.category_id IS NULL OR r.category_id = e.category_id)) THEN
        RAISE EXCEPTION 'a placement is of an entry that stands before the panel' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT ON selection_placement FOR EACH ROW EXECUTE FUNCTION placement_is_in_order();
ALTER TABLE selection_placement ENABLE ALWAYS TRIGGER in_order;

-- An announcement's certificates prove awards of its own round.
CREATE FUNCTION certificate_is_of_its_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT round_id FROM selection_award WHERE id = NEW.award_id)
       IS DISTINCT FROM (SELECT round_id FROM selection_announcement WHERE id = NEW.announcement_id) THEN
        RAISE EXCEPTION 'a certificate is announced in the round of its award' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_round BEFORE INSERT ON selection_certificate FOR EACH ROW EXECUTE FUNCTION certificate_is_of_its_round();
ALTER TABLE selection_certificate ENABLE ALWAYS TRIGGER of_round;
"""


class Migration(migrations.Migration):
    dependencies = [("selection", "0003_certificate_number")]

    operations = [
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
        migrations.RunSQL(STATES, migrations.RunSQL.noop),
        migrations.RunSQL(ENTRIES, migrations.RunSQL.noop),
    ]
