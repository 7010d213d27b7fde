"""How much comes where, and what is out of the ordinary: shares and weights. Pure."""

from enum import IntEnum

# How busy a commune is, 1 to 6, by the code of its unit; every other commune counts as ELSEWHERE.
BUSY = {
    "22390": 6.0, "22402": 5.0, "22366": 5.5, "22333": 3.5, "22420": 4.0, "22759": 4.5, "22528": 3.2,
    "22651": 3.0, "22489": 2.2, "22870": 2.2, "22714": 0.8, "22736": 0.1,
}  # fmt: skip
ELSEWHERE = 1.1
# The new province's first weeks were slow; then people came back.
RAMP = (0.55, 1.55)
ONLINE, POST = 0.47, 0.03
OTHER_COUNTER, LOCAL_LAND = 0.05, 0.6
PAPER, LATE_COURIER = 0.5, 0.05
MANDATED, HELPED = 0.05, 0.04
STORE_SHARE = 0.05
ONLINE_WEEKDAYS = (1.15, 1.05, 1.0, 1.0, 1.0, 0.0, 0.0)
E_RESULT = 0.62
NOT_ACCEPTED = 0.017


class Fate(IntEnum):
    """What is special about a dossier."""

    PLAIN = 0
    INTAKE_SUPPLEMENT = 1
    SUPPLEMENT = 2
    SILENT = 3
    REFUSED = 4
    EXTENDED = 5
    WITHDRAWN = 6
    PAYING = 7
    CONSULTED = 8
    SENT_BACK = 9
    CORRECTED = 10
    REJECTED = 11


SHARES = {
    Fate.INTAKE_SUPPLEMENT: 0.030,
    Fate.SUPPLEMENT: 0.040,
    Fate.SILENT: 0.018,
    Fate.REFUSED: 0.014,
    Fate.EXTENDED: 0.012,
    Fate.WITHDRAWN: 0.014,
    Fate.SENT_BACK: 0.022,
    Fate.CORRECTED: 0.006,
}
LAND = frozenset({"Đất đai", "Đăng ký biện pháp bảo đảm"})
ASKING = LAND | {"Hoạt động xây dựng", "Quy hoạch đô thị và nông thôn", "Môi trường", "Đường bộ"}
OWING, ASKED = 0.42, 0.30

# Offices with too few people, and how much likelier lateness is there (added to the log odds).
SHORT_STAFFED = {
    "H32.18": 0.9, "H32.06": 0.7, "H32.06.01.01": 1.1, "H32.06.01.03": 0.8, "H32.22402": 1.3,
    "G01.56.22402": 1.0, "H32.22528": 0.9, "H32.22870": 0.7,
}  # fmt: skip
LATE_BY = {"monday": 0.35, "consulted": 1.3, "owing": 1.0, "courier": 1.6, "supplement": 0.5,
           "sent_back": 0.9, "away": 0.4, "procedure": 0.6, "officer": 0.7, "chance": 0.9}  # fmt: skip
