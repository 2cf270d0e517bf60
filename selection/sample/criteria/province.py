"""Parts ก and ข, which the province scores and which are the same for every category: 30 points each."""

from selection.sample.criteria.specs import group, item, part

PRODUCTION = group(
    "การผลิต", "Production",
    item(
        "แหล่งที่มาของวัตถุดิบหลัก", "Where the main raw material comes from",
        (600, "วัตถุดิบหลักทั้งหมดมาจากในจังหวัด และมีแหล่งสำรอง", "All of the main raw material comes from the province, with a second source"),
        (400, "วัตถุดิบหลักมากกว่าครึ่งมาจากในจังหวัด", "More than half of it comes from the province"),
        (200, "วัตถุดิบหลักบางส่วนมาจากในจังหวัด", "Some of it comes from the province"),
        (0, "วัตถุดิบหลักทั้งหมดมาจากนอกจังหวัด", "All of it comes from outside the province"),
    ),
    item(
        "ความสามารถขยายการผลิต", "Room to make more",
        (500, "ผลิตซ้ำได้คุณภาพเท่าเดิม และเพิ่มได้เท่าตัวภายในสามเดือน", "Can be repeated at the same quality and doubled within three months"),
        (350, "ผลิตซ้ำได้คุณภาพเท่าเดิม แต่เพิ่มได้จำกัด", "Can be repeated at the same quality, with little room for more"),
        (150, "ปริมาณหรือคุณภาพยังไม่แน่นอน", "Quantity or quality still varies"),
    ),
    item(
        "การดูแลสิ่งแวดล้อมในการผลิต", "Care of the environment",
        (400, "มีวิธีจัดการน้ำเสีย กลิ่น และของเหลือ และทำจริงทุกครั้ง", "Waste water, smell and leftovers are dealt with, every time"),
        (250, "มีวิธีจัดการบางส่วน", "They are dealt with in part"),
        (0, "ยังไม่มีวิธีจัดการ", "They are not dealt with yet"),
    ),
)  # fmt: skip
DEVELOPMENT = group(
    "การพัฒนาผลิตภัณฑ์", "Product development",
    item(
        "การพัฒนาผลิตภัณฑ์และบรรจุภัณฑ์", "Development of product and packaging",
        (500, "พัฒนาทั้งผลิตภัณฑ์และบรรจุภัณฑ์ภายในสองปี โดยฟังเสียงผู้ซื้อ", "Both were developed within two years, listening to buyers"),
        (350, "พัฒนาอย่างใดอย่างหนึ่งภายในสองปี", "One of them was developed within two years"),
        (150, "คงรูปแบบเดิม แต่มีฉลากและบรรจุเรียบร้อย", "Unchanged, but labelled and well packed"),
        (0, "ยังไม่มีบรรจุภัณฑ์หรือฉลาก", "No packaging or label yet"),
    ),
)  # fmt: skip
COMMUNITY = group(
    "ความเข้มแข็งของชุมชน", "Strength of the community",
    item(
        "การบริหารกลุ่มและบัญชี", "Management and accounts",
        (500, "มีระเบียบ ประชุมสม่ำเสมอ บัญชีเป็นปัจจุบัน และสมาชิกตรวจดูได้", "Rules, regular meetings, and accounts up to date that members may see"),
        (350, "มีระเบียบและบัญชี แต่ยังไม่สม่ำเสมอ", "Rules and accounts, not yet regular"),
        (150, "แบ่งหน้าที่กันด้วยวาจา", "Duties are shared by word of mouth"),
    ),
    item(
        "ประโยชน์ที่ชุมชนได้รับ", "What the community gains",
        (500, "สร้างงานให้คนในตำบลตลอดปี และแบ่งรายได้คืนสู่งานส่วนรวม", "Work for people of the tambon all year, and a share for common causes"),
        (300, "สร้างงานให้คนในตำบลเป็นช่วง", "Work for people of the tambon in seasons"),
        (100, "เป็นงานของครอบครัวผู้ผลิต", "Work for the producer's family"),
    ),
)  # fmt: skip
PART_A = part(
    "ก", 3, "ด้านผลิตภัณฑ์และความเข้มแข็งของชุมชน", "Product and strength of the community", PRODUCTION, DEVELOPMENT, COMMUNITY
)

MARKET = group(
    "การตลาด", "Marketing",
    item(
        "แหล่งจำหน่ายหลัก", "Where it is mainly sold",
        (600, "จำหน่ายนอกภูมิภาคหรือต่างประเทศเป็นประจำ", "Sold regularly beyond the region or abroad"),
        (450, "จำหน่ายหลายจังหวัดเป็นประจำ", "Sold regularly in several provinces"),
        (300, "จำหน่ายในจังหวัดเป็นประจำ", "Sold regularly in the province"),
        (150, "จำหน่ายในชุมชนหรือเฉพาะงานแสดงสินค้า", "Sold in the community or only at fairs"),
    ),
    item(
        "ยอดจำหน่ายต่อปี", "Sales in a year",
        (600, "เพิ่มขึ้นต่อเนื่องสามปี มีหลักฐาน", "Rising for three years, with evidence"),
        (400, "คงที่สามปี มีหลักฐาน", "Steady for three years, with evidence"),
        (200, "มียอดจำหน่าย แต่หลักฐานยังไม่ครบ", "Some sales, evidence not complete"),
        (0, "ยังไม่มีหลักฐานยอดจำหน่าย", "No evidence of sales yet"),
    ),
    item(
        "ความต่อเนื่องของตลาด", "Continuity of the market",
        (600, "มีลูกค้าประจำและคำสั่งซื้อล่วงหน้า", "Regular buyers and orders ahead"),
        (400, "มีลูกค้าประจำ", "Regular buyers"),
        (200, "ลูกค้าไม่แน่นอน", "Buyers come and go"),
    ),
)  # fmt: skip
STORY = group(
    "ความเป็นมาของผลิตภัณฑ์", "Story of the product",
    item(
        "เรื่องราวของผลิตภัณฑ์", "The story",
        (600, "เรื่องราวชัดเจน มีผู้เล่าและหลักฐานในท้องถิ่น และใช้บอกผู้ซื้อจริง", "Clear, with tellers and evidence on the spot, and told to buyers"),
        (400, "เรื่องราวชัดเจน แต่ยังไม่ได้ใช้บอกผู้ซื้อ", "Clear, but not told to buyers yet"),
        (200, "มีเรื่องเล่าบางส่วน", "Parts of a story"),
        (0, "ยังไม่มีเรื่องราว", "No story yet"),
    ),
    item(
        "ภูมิปัญญาและเอกลักษณ์ท้องถิ่น", "Local wisdom and identity",
        (600, "วิธีทำสืบทอดในท้องถิ่น และเห็นได้จากตัวผลิตภัณฑ์", "Made in a way handed down locally, and the product shows it"),
        (400, "ประยุกต์จากภูมิปัญญาท้องถิ่น", "Adapted from local wisdom"),
        (150, "วิธีทำทั่วไป แต่ใช้ของท้องถิ่น", "Made in a common way from local things"),
    ),
)  # fmt: skip
PART_B = part("ข", 3, "ด้านการตลาดและความเป็นมาของผลิตภัณฑ์", "Marketing and story of the product", MARKET, STORY)
