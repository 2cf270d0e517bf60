"""Part ค, which judges score blindly and which differs by category: 40 points, five items of eight."""

from selection.sample.criteria.specs import group, item, part
from selection.specs import ItemSpec, PartSpec


def eight(th: str, en: str, *texts: tuple[str, str]) -> ItemSpec:
    """An item of eight points with four levels, best first."""
    return item(th, en, *((points, *text) for points, text in zip((800, 600, 350, 0), texts, strict=True)))


def _part(first: tuple[str, str], upper: tuple[ItemSpec, ...], second: tuple[str, str], lower: tuple[ItemSpec, ...]) -> PartSpec:
    return part("ค", 4, "ด้านคุณภาพผลิตภัณฑ์", "Quality of the product", group(*first, *upper), group(*second, *lower))


LABEL = eight(
    "ฉลากและบรรจุภัณฑ์", "Label and packaging",
    ("ฉลากครบถ้วน อ่านง่าย บรรจุภัณฑ์รักษาคุณภาพและเปิดใช้สะดวก", "Label complete and easy to read; packaging keeps the quality and opens well"),
    ("ฉลากครบถ้วน บรรจุภัณฑ์รักษาคุณภาพได้", "Label complete; packaging keeps the quality"),
    ("ฉลากขาดบางรายการ หรือบรรจุภัณฑ์ยังไม่แน่นหนา", "Something is missing on the label, or the packaging is weak"),
    ("ไม่มีฉลาก หรือบรรจุภัณฑ์ไม่เหมาะกับสินค้า", "No label, or packaging unfit for the goods"),
)  # fmt: skip
LOOK = eight(
    "ลักษณะที่ปรากฏ", "Appearance",
    ("สี รูปทรง และขนาดสม่ำเสมอ น่ารับประทาน ไม่มีสิ่งแปลกปลอม", "Even in colour, shape and size, inviting, nothing foreign in it"),
    ("โดยรวมดี มีตำหนิเล็กน้อย", "Good on the whole, small flaws"),
    ("ไม่สม่ำเสมอ เห็นตำหนิชัด", "Uneven, flaws easily seen"),
    ("มีสิ่งแปลกปลอมหรือเสื่อมสภาพ", "Something foreign in it, or spoilt"),
)  # fmt: skip
FOOD = _part(
    ("ลักษณะทางประสาทสัมผัส", "What the senses find"),
    (
        LOOK,
        eight(
            "กลิ่นและรส", "Smell and taste",
            ("กลิ่นรสกลมกล่อม ตรงกับลักษณะเฉพาะของอาหารนั้น", "Balanced, and true to the kind of food"),
            ("กลิ่นรสดี แต่ยังไม่เด่นชัด", "Good, but not distinct"),
            ("กลิ่นหรือรสอย่างใดอย่างหนึ่งจัดหรืออ่อนเกินไป", "One of them is too strong or too weak"),
            ("มีกลิ่นหรือรสผิดปกติ", "Smell or taste is off"),
        ),
        eight(
            "เนื้อสัมผัส", "Texture",
            ("เนื้อสัมผัสเหมาะกับชนิดอาหารและสม่ำเสมอ", "Right for the kind of food, and even"),
            ("เหมาะกับชนิดอาหาร แต่ยังไม่สม่ำเสมอ", "Right for the kind of food, not yet even"),
            ("แข็ง เหนียว หรือนิ่มเกินไปบ้าง", "Somewhat too hard, tough or soft"),
            ("เนื้อสัมผัสไม่เป็นที่ยอมรับ", "Not acceptable"),
        ),
    ),
    ("ความปลอดภัยและการเก็บรักษา", "Safety and keeping"),
    (
        LABEL,
        eight(
            "อายุการเก็บและสุขลักษณะ", "Shelf life and hygiene",
            ("ระบุอายุการเก็บจากการทดสอบ และสถานที่ผลิตถูกสุขลักษณะ", "Shelf life stated from tests; the place of making is hygienic"),
            ("ระบุอายุการเก็บจากประสบการณ์ สถานที่ผลิตถูกสุขลักษณะ", "Shelf life stated from experience; the place is hygienic"),
            ("อายุการเก็บยังไม่แน่นอน", "Shelf life uncertain"),
            ("ไม่ระบุอายุการเก็บ", "Shelf life not stated"),
        ),
    ),
)  # fmt: skip
BEVERAGE = _part(
    ("ลักษณะทางประสาทสัมผัส", "What the senses find"),
    (
        eight(
            "ความใสหรือความสม่ำเสมอของเนื้อ", "Clarity or evenness",
            ("ใสหรือเป็นเนื้อเดียวกันตามชนิด ไม่แยกชั้น", "Clear, or of one body as its kind should be; does not separate"),
            ("มีตะกอนเล็กน้อยตามธรรมชาติ", "A little natural sediment"),
            ("แยกชั้นหรือตะกอนมาก", "Separates, or much sediment"),
            ("มีสิ่งแปลกปลอม", "Something foreign in it"),
        ),
        eight(
            "กลิ่น", "Smell",
            ("กลิ่นหอมของวัตถุดิบชัดและสะอาด", "The raw material's scent, clear and clean"),
            ("กลิ่นดี แต่อ่อน", "Good, but faint"),
            ("กลิ่นกลบกันหรือปรุงแต่งมาก", "Muddled or heavily flavoured"),
            ("กลิ่นผิดปกติ", "Off"),
        ),
        eight(
            "รสชาติ", "Taste",
            ("รสกลมกล่อม ความหวานพอดี รสค้างดี", "Balanced, sweetness right, a good finish"),
            ("รสดี แต่หวาน เปรี้ยว หรือขมนำเล็กน้อย", "Good, though a little sweet, sour or bitter"),
            ("รสใดรสหนึ่งเด่นเกินไป", "One taste is too strong"),
            ("รสผิดปกติ", "Off"),
        ),
    ),
    ("ความปลอดภัยและการบรรจุ", "Safety and packing"),
    (
        LABEL,
        eight(
            "การปิดผนึกภาชนะ", "Seal of the container",
            ("ปิดสนิททุกหน่วย เปิดแล้วเห็นร่องรอย", "Tight on every unit; shows when it has been opened"),
            ("ปิดสนิททุกหน่วย", "Tight on every unit"),
            ("บางหน่วยปิดไม่แน่น", "Not tight on some units"),
            ("รั่วซึม", "Leaks"),
        ),
    ),
)  # fmt: skip
APPAREL = _part(
    ("ฝีมือ", "Workmanship"),
    (
        eight(
            "ความประณีตของการทอหรือตัดเย็บ", "Fineness of weaving or sewing",
            ("เนื้อผ้าแน่นสม่ำเสมอ ตะเข็บเรียบ เก็บปลายด้ายครบ", "Even, close cloth; flat seams; every end finished"),
            ("ประณีต มีตำหนิเล็กน้อยที่มองไม่เด่น", "Fine, with small flaws that hardly show"),
            ("เนื้อผ้าหรือตะเข็บไม่สม่ำเสมอ", "Cloth or seams uneven"),
            ("หลุดลุ่ยหรือเสียรูป", "Frays or loses its shape"),
        ),
        eight(
            "สีและความคงทนของสี", "Colour and its fastness",
            ("สีสม่ำเสมอ ถูด้วยผ้าขาวชื้นแล้วไม่ตก", "Even; a damp white cloth takes no colour"),
            ("สีสม่ำเสมอ ตกเล็กน้อย", "Even; bleeds a little"),
            ("สีด่างหรือตกเห็นชัด", "Patchy, or bleeds clearly"),
            ("สีตกมากจนเปื้อน", "Stains what it touches"),
        ),
        eight(
            "การเก็บรายละเอียด", "Finish",
            ("เรียบร้อยทั้งด้านหน้าและด้านใน", "Neat on the outside and the inside"),
            ("เรียบร้อยด้านหน้า", "Neat on the outside"),
            ("มีรอยต่อหรือรอยแก้ที่เห็นชัด", "Joins or mends can be seen"),
            ("ยังไม่เก็บรายละเอียด", "Not finished"),
        ),
    ),
    ("การออกแบบและการใช้", "Design and use"),
    (
        eight(
            "ลวดลายและการออกแบบ", "Pattern and design",
            ("ลวดลายเป็นเอกลักษณ์ จัดวางงาม และร่วมสมัย", "A pattern of its own, well placed, of our time"),
            ("ลวดลายงาม จัดวางเหมาะสม", "A fine pattern, well placed"),
            ("ลวดลายทั่วไป", "A common pattern"),
            ("ลวดลายไม่ลงตัว", "A pattern that does not come together"),
        ),
        eight(
            "ความเหมาะสมกับการใช้", "Fit for use",
            ("สวมใส่หรือใช้สบาย ดูแลง่าย มีคำแนะนำการซัก", "Comfortable, easy to care for, with advice on washing"),
            ("สวมใส่หรือใช้สบาย", "Comfortable"),
            ("ใช้ได้ แต่ดูแลยาก", "Usable, but hard to care for"),
            ("ใช้งานจริงได้ยาก", "Hard to use"),
        ),
    ),
)  # fmt: skip
UTENSIL = _part(
    ("วัสดุและฝีมือ", "Material and craft"),
    (
        eight(
            "คุณภาพของวัสดุ", "Quality of the material",
            ("วัสดุคัดมาอย่างดี ปลอดภัย และเหมาะกับงาน", "Well chosen, safe and right for the work"),
            ("วัสดุดีและปลอดภัย", "Good and safe"),
            ("วัสดุมีตำหนิบ้าง", "Some flaws"),
            ("วัสดุไม่เหมาะหรือไม่ปลอดภัย", "Unfit or unsafe"),
        ),
        eight(
            "ความแข็งแรงทนทาน", "Strength",
            ("แข็งแรงทุกจุด รับน้ำหนักหรือการใช้งานได้ดี", "Strong at every point, bears weight and use well"),
            ("แข็งแรงพอสำหรับการใช้ทั่วไป", "Strong enough for common use"),
            ("มีจุดอ่อนที่เห็นได้", "Weak points can be seen"),
            ("แตกหักหรือหลุดง่าย", "Breaks or comes apart easily"),
        ),
        eight(
            "ฝีมือช่าง", "Craft",
            ("ละเอียดประณีต เห็นฝีมือเฉพาะตัวของช่าง", "Fine and careful; shows the maker's own hand"),
            ("ละเอียดเรียบร้อย", "Careful and neat"),
            ("เรียบร้อยเป็นบางส่วน", "Neat in part"),
            ("ยังหยาบ", "Rough"),
        ),
    ),
    ("การออกแบบและการใช้", "Design and use"),
    (
        eight(
            "การออกแบบ", "Design",
            ("รูปทรงงาม แปลกใหม่ และบอกที่มาของท้องถิ่น", "Handsome, fresh, and tells where it is from"),
            ("รูปทรงงามและบอกที่มาของท้องถิ่น", "Handsome, and tells where it is from"),
            ("รูปทรงทั่วไป", "A common shape"),
            ("รูปทรงไม่ลงตัว", "A shape that does not come together"),
        ),
        eight(
            "ประโยชน์ใช้สอยและความปลอดภัย", "Use and safety",
            ("ใช้ได้ดีตามที่บอก ไม่มีขอบคมหรือสารอันตราย มีคำแนะนำ", "Does what it says; no sharp edge or harmful substance; with advice"),
            ("ใช้ได้ดีและปลอดภัย", "Works well and is safe"),
            ("ใช้ได้บางส่วน", "Works in part"),
            ("ใช้ไม่ได้ตามที่บอกหรือไม่ปลอดภัย", "Does not do what it says, or is not safe"),
        ),
    ),
)  # fmt: skip
HERB = _part(
    ("คุณภาพและความปลอดภัย", "Quality and safety"),
    (
        eight(
            "การจดแจ้งและข้อความบนฉลาก", "Notification and what the label claims",
            ("เลขจดแจ้งตรงกับสินค้า ข้อความไม่เกินจริง มีคำเตือนครบ", "The number is this product's; no claim too far; all warnings there"),
            ("เลขจดแจ้งตรงกับสินค้า ข้อความไม่เกินจริง", "The number is this product's; no claim too far"),
            ("คำเตือนหรือวิธีใช้ยังขาด", "A warning or the way of use is missing"),
            ("ข้อความเกินจริงหรือเลขไม่ตรง", "Claims too far, or the number is another's"),
        ),
        eight(
            "ความสะอาดและการปนเปื้อน", "Cleanness",
            ("มีผลตรวจจุลินทรีย์ภายในหนึ่งปี", "A microbial test within one year"),
            ("มีผลตรวจเกินหนึ่งปี", "A test older than one year"),
            ("ไม่มีผลตรวจ แต่ผลิตในที่สะอาด", "No test, but made in a clean place"),
            ("พบสิ่งปนเปื้อน", "Something foreign was found"),
        ),
        eight(
            "เนื้อผลิตภัณฑ์", "The substance itself",
            ("สี กลิ่น และเนื้อสม่ำเสมอ คงตัวดี", "Even in colour, scent and body; stable"),
            ("สม่ำเสมอ แต่คงตัวปานกลาง", "Even, fairly stable"),
            ("แยกชั้นหรือเปลี่ยนสีบ้าง", "Separates or changes colour a little"),
            ("เสื่อมสภาพ", "Spoilt"),
        ),
    ),
    ("การใช้และบรรจุภัณฑ์", "Use and packaging"),
    (
        eight(
            "ความสะดวกและความรู้สึกเมื่อใช้", "Ease and feel in use",
            ("ใช้สะดวก รู้สึกดี ไม่ทิ้งคราบ", "Easy, pleasant, leaves no trace"),
            ("ใช้สะดวก", "Easy"),
            ("ใช้ยากหรือทิ้งคราบ", "Hard to use, or leaves a trace"),
            ("ระคายเคืองเมื่อใช้", "Irritates"),
        ),
        LABEL,
    ),
)  # fmt: skip
PART_C = {"food": FOOD, "beverage": BEVERAGE, "apparel": APPAREL, "utensil": UTENSIL, "herb": HERB}
