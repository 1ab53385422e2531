"""20,000 people and 1,000,000 contacts, poured in by the database itself. Only for the bench."""

from datetime import date, timedelta
from importlib import import_module

from django.db import connection

TODAY = date(2026, 11, 23)
FIRST = date(2022, 1, 10)
PEOPLE, CONTACTS, SLICE = 20_000, 1_000_000, 100_000
NEVER_MET = 2_000

HOUSE = """
INSERT INTO staff_department (id, name, short_name, "order")
  SELECT n, '第' || n || '检察部', n || '部', n FROM generate_series(1, 8) n;
INSERT INTO staff_user (id, username, name, password, role, department_id, title, email, is_active,
    must_change_password, password_changed_at, date_joined, session_epoch, heads_department)
  SELECT n, 'user' || n, '工作人员' || n, '!',
    CASE WHEN n = 1 THEN 'office' WHEN n <= 9 THEN 'leader' ELSE 'handler' END, 1 + n % 8, '', '', true, false,
    now(), now(), 0, false FROM generate_series(1, 40) n;
INSERT INTO deputies_area (id, version, name, "order") SELECT n, 1, '板块' || n, n FROM generate_series(1, 12) n;
INSERT INTO deputies_term (id, version, body, level, place, number, starts_on) VALUES
  (1, 1, 'congress', 'national', '全国', 14, '2023-03-05'), (2, 1, 'cppcc', 'national', '全国', 14, '2023-03-04'),
  (3, 1, 'congress', 'province', '江南省', 14, '2023-01-15'), (4, 1, 'cppcc', 'province', '江南省', 13, '2023-01-14'),
  (5, 1, 'congress', 'city', '禾城市', 17, '2022-01-18'), (6, 1, 'cppcc', 'city', '禾城市', 15, '2022-01-17'),
  (7, 1, 'congress', 'district', '知禾区', 5, '2022-01-10'), (8, 1, 'cppcc', 'district', '知禾区', 5, '2022-01-10');
INSERT INTO deputies_pairing (version, leader_id, area_id, from_on, created_by_id)
  SELECT 1, 2 + n % 8, n, '2022-01-10', 1 FROM generate_series(1, 12) n;
"""
ROSTER = """
INSERT INTO deputies_deputy (id, version, name, pinyin, initials, search_text, sex, ethnic_group, party,
    second_party, education, unit, post, profession, area_id, phone, preferred_contact, photo_consent,
    words_consent, created_at, photo_file, thumb_file)
  SELECT n, 1, '代表' || n, 'dai biao ' || n, 'db' || n, ' 代表' || n || ' ', '', '', '', '', '',
    '单位' || n, '工程师', '', 1 + n % 12, '', '', false, false, now(), '', '' FROM generate_series(1, {people}) n;
INSERT INTO deputies_mandate (version, deputy_id, term_id, "group", certificate_no, committee_post, state,
    state_reason)
  SELECT 1, n, CASE WHEN n % 10 < 8 THEN 7 + n % 2 ELSE 5 + n % 2 END, '第' || n % 30 || '组', '', '', 'serving', ''
    FROM generate_series(1, {people}) n;
INSERT INTO deputies_mandate (version, deputy_id, term_id, "group", certificate_no, committee_post, state,
    state_reason)
  SELECT 1, n, 1 + n % 4, '第' || n % 30 || '组', '', '', 'serving', '' FROM generate_series(5, {people}, 5) n;
"""
# Most are visited, called and invited; whom it is, is spread unevenly: the square of a random number.
LEDGER = """
INSERT INTO deputies_contact (id, version, happened_on, method_id, place, note, department_id, origin, recorded_by_id,
    recorded_at)
  SELECT n, 1, date '{first}' + (random() * {days})::int, m.id, '', '谈到灌溉渠清淤', 1 + n % 8, 'import',
      1 + n % 40, now()
    FROM generate_series({start}, {end}) n JOIN deputies_contactmethod m ON m.code = (ARRAY['visit', 'visit', 'visit',
      'talk', 'phone', 'phone', 'reception', 'wechat', 'activity', 'activity', 'reply', 'mail'])[1 + n % 12];
INSERT INTO deputies_contactdeputy (contact_id, deputy_id)
  SELECT n, {never} + 1 + floor(power(random(), 2) * ({people} - {never}))::int FROM generate_series({start}, {end}) n;
"""


LAST_CONTACTS = import_module("deputies.migrations.0004_last_contact").FILL
_YEARS = import_module("deputies.migrations.0009_year_contact")
YEAR_CONTACTS = _YEARS.FILL.format(year=_YEARS.YEAR["postgresql"])


def pour(*, people: int = PEOPLE, contacts: int = CONTACTS) -> None:
    never = NEVER_MET * people // PEOPLE
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET session_replication_role = replica; SELECT setseed(0.42)")
        cursor.execute(HOUSE)
        cursor.execute(ROSTER.format(people=people))
        for start in range(1, contacts + 1, SLICE):
            part = {"start": start, "end": min(start + SLICE - 1, contacts)}
            days = (TODAY - FIRST) // timedelta(days=1)
            cursor.execute(LEDGER.format(first=FIRST, days=days, people=people, never=never, **part))
        cursor.execute(LAST_CONTACTS)
        cursor.execute(YEAR_CONTACTS)
        cursor.execute("SET session_replication_role = DEFAULT")


def settle() -> None:
    """Statistics and visibility as a running house has them; not inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
