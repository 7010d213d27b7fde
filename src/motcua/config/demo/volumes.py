"""How much happens where: shares of places, of weekdays and of hours. Pure."""

# How busy a commune is, 1 to 6; the others share what is left. Codes of administrative units.
BUSY = {
    "22390": 6,  # Tây Nha Trang
    "22402": 5,  # Nam Nha Trang
    "22366": 5,  # Nha Trang
    "22333": 3,  # Bắc Nha Trang
    "22420": 4,  # Cam Ranh
    "22759": 4,  # Phan Rang
    "22528": 3,  # Ninh Hòa
    "22651": 3,  # Diên Khánh
    "22489": 2,  # Vạn Ninh
    "22870": 2,  # Ninh Phước
    "22714": 1,  # Khánh Sơn
    "22736": 1,  # Trường Sa
}
ELSEWHERE = 0.1  # share of the communes that are not named above
PROVINCE = 0.24  # share settled by provincial agencies
OTHER_COUNTER = 0.06  # share received at another place than where it is settled
ONLINE = 0.42  # share filed online where the procedure may be
POST = 0.03
WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.12, 0.0)  # Monday to Sunday; Saturday is a morning
ONLINE_WEEKDAYS = (1.1, 1.0, 1.0, 1.0, 1.0, 0.6, 0.5)
# Working minutes of a day in which people come, as shares of the working day.
PEAKS = ((0.06, 0.42, 0.58), (0.56, 0.86, 0.42))
WEEKS = 5
DOSSIERS = 2000
