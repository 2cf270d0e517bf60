"""The category a row names, and the one its words suggest; a suggestion is never written as the category."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from registry.thai import match_key

CODES = ("food", "beverage", "apparel", "utensil", "herb")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "food": ("food", "foods", "อาหาร", "ประเภทอาหาร", "ของกิน"),
    "beverage": ("beverage", "beverages", "drink", "drinks", "เครื่องดื่ม", "ประเภทเครื่องดื่ม"),
    "apparel": (
        "apparel", "clothing", "fabric", "fabric and clothing", "textile", "ผ้า เครื่องแต่งกาย",
        "ผ้าและเครื่องแต่งกาย", "ผ้า/เครื่องแต่งกาย", "เสื้อผ้าและเครื่องแต่งกาย", "ผ้า", "เครื่องแต่งกาย",
        "เสื้อผ้า เครื่องแต่งกาย",
    ),
    "utensil": (
        "utensil", "utensils", "apparatus", "decor", "souvenirs", "utensils, decor and souvenirs",
        "ของใช้ ของตกแต่ง ของที่ระลึก", "ของใช้", "ของใช้/ของตกแต่ง/ของที่ระลึก",
        "ของใช้ ของตกแต่งและของที่ระลึก", "ของใช้ ของตกแต่ง และของที่ระลึก", "ของใช้และของตกแต่ง", "ของตกแต่ง",
        "ของที่ระลึก", "ของใช้และของประดับตกแต่ง",
    ),
    "herb": (
        "herb", "herbs", "herbs that are not food", "สมุนไพรที่ไม่ใช่อาหาร", "สมุนไพร (ที่ไม่ใช่อาหาร)",
        "สมุนไพรที่ไม่ใช่อาหารและยา", "สมุนไพรที่ไม่ใช่อาหาร ยา",
    ),
}  # fmt: skip
# Words of names and of loose category texts; the longest that occurs counts most.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "food": (
        "น้ำพริก", "นำ้พริก", "พริกแกง", "เครื่องแกง", "น้ำปลา", "น้ำมันมะพร้าวสกัดเย็นบริโภค", "น้ำตาล",
        "น้ำผึ้ง", "น้ำจิ้ม", "น้ำส้มสายชู", "น้ำบูดู", "น้ำยาขนมจีน", "ขนม", "กล้วย", "ข้าว", "ปลา", "กุ้ง",
        "ปู", "หอย", "หมึก", "หมู", "ไก่", "เนื้อ", "แหนม", "กุนเชียง", "ไส้กรอก", "ไส้อั่ว", "ไข่เค็ม", "ไข่",
        "กะปิ", "มะม่วง", "มะขาม", "มะพร้าว", "ทุเรียน", "ลำไย", "ลิ้นจี่", "สับปะรด", "ผลไม้", "เห็ด", "ผัก",
        "หน่อไม้", "ถั่ว", "งา", "เผือก", "มัน", "ฟักทอง", "ฝรั่ง", "ส้ม", "แตงโม", "กระยาสารท", "กาละแม",
        "ทองม้วน", "คุกกี้", "คุ้กกี้", "เค้ก", "เบเกอรี่", "กะหรี่ปั๊บ", "กะหรี่พัฟ", "โรตี", "วุ้น",
        "เส้นหมี่", "ก๋วยเตี๋ยว", "ซาลาเปา", "ปาท่องโก๋", "แยม", "ซอส", "ดอง", "แช่อิ่ม", "ทอด", "กรอบ",
        "แดดเดียว", "แปรรูปอาหาร", "อาหาร", "ไอศกรีม", "ไอศครีม", "ไอติม", "เมล่อน", "ปลาร้า", "ปลาส้ม",
        "สะเต๊ะ", "น้ำสลัด", "ลูกหยี", "ชะอม", "จิ้งหรีด", "สาหร่าย", "เต้าหู้", "food", "dessert", "cookie",
    ),
    "beverage": (
        "เครื่องดื่ม", "น้ำผลไม้", "ไวน์", "สุรา", "สาโท", "เหล้า", "กาแฟ", "ชาเขียว", "ชาดอก", "ชาใบ", "ชาชง",
        "ชาสมุนไพร", "น้ำสมุนไพร", "น้ำดื่ม", "พร้อมดื่ม", "ชงดื่ม", "น้ำเต้าหู้", "นมถั่วเหลือง", "น้ำลูก",
        "น้ำกระเจี๊ยบ", "น้ำมะพร้าว", "น้ำอ้อย", "น้ำเม่า", "โกโก้", "น้ำหมากเม่า", "น้ำข้าวกล้อง", "coffee",
        "tea", "drink", "wine", "juice",
    ),
    "apparel": (
        "ผ้า", "ผ้าไหม", "ผ้าฝ้าย", "มัดหมี่", "ซิ่น", "เสื้อ", "กางเกง", "กระโปรง", "ผ้าขาวม้า", "ผ้าพันคอ",
        "ผ้าคลุมไหล่", "โสร่ง", "บาติก", "มัดย้อม", "หมวก", "เครื่องประดับ", "สร้อย", "กำไล", "แหวน", "ต่างหู",
        "รองเท้า", "เข็มขัด", "ชุดสตรี", "ย่าม", "clothing", "silk", "cotton",
    ),
    "utensil": (
        "จักสาน", "ตะกร้า", "กระเป๋า", "กระบุง", "เสื่อ", "หวาย", "ไม้ไผ่", "แกะสลัก", "เซรามิก",
        "เครื่องปั้น", "ดินเผา", "เบญจรงค์", "เครื่องเงิน", "เก้าอี้", "โต๊ะ", "ไม้กวาด", "ดอกไม้ประดิษฐ์",
        "พวงกุญแจ", "ตุ๊กตา", "ของที่ระลึก", "ของตกแต่ง", "ของใช้", "พรมเช็ดเท้า", "หมอน", "ที่นอน", "มีด",
        "พัด", "โคมไฟ", "กระเช้า", "ว่าว", "หัวโขน", "กรอบรูป", "พระพุทธรูป", "หยก", "สาน", "ถัก", "household",
        "handicraft",
    ),
    "herb": (
        "สบู่", "แชมพู", "ครีม", "โลชั่น", "ลูกประคบ", "ยาหม่อง", "น้ำมันนวด", "น้ำมันเหลือง", "ยาดม",
        "พิมเสน", "สมุนไพรไล่ยุง", "น้ำยาล้างจาน", "น้ำยาอเนกประสงค์", "เครื่องสำอาง", "บำรุงผิว", "ขัดผิว",
        "สครับ", "เซรั่ม", "ลิปบาล์ม", "ยาสระผม", "น้ำมันไพล", "ยาสมุนไพร", "ธูปหอม", "สมุนไพรที่ไม่ใช่อาหาร",
        "soap", "shampoo", "beauty", "lotion",
    ),
}  # fmt: skip
_OF_STANDARD = {"fda": "food", "cosmetic": "herb", "herbal": "herb", "peacock": "apparel"}
_NAMED = {match_key(name): code for code, names in _NAMES.items() for name in names}
_WORD_KEYS = [(match_key(word), code) for code, words in _WORDS.items() for word in words]


@lru_cache(maxsize=10_000)
def named_category(text: str) -> str:
    """The code of the category that the text names outright; empty when it names none or may mean several."""
    return _NAMED.get(match_key(text), "")


@lru_cache(maxsize=100_000)
def suggested_category(name: str, text: str = "", standards: tuple[str, ...] = ()) -> str:
    """The code that the name, the text of the category's column and the standards held speak for; empty when none does.

    Each word that occurs counts its letters for its category, and a word near the beginning counts more: the head of a
    Thai name comes first (สบู่น้ำผึ้ง is soap, น้ำผึ้ง is food).
    """
    score: Counter[str] = Counter()
    for key, weight in ((match_key(name), 1.0), (match_key(text), 1.5)):
        for word, code in _WORD_KEYS:
            at = key.find(word)
            if at >= 0:
                score[code] += int(100 * weight * len(word) / (1 + at / 2))
    for standard in standards:
        if standard in _OF_STANDARD:
            score[_OF_STANDARD[standard]] += 300
    ranked = score.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]
