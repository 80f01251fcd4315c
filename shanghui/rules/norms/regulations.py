"""The regulations that norms cite, each in the version that is or was in force (regulations §0.4).

Where only the month or the year of a document is known, its last day is taken: nobody is judged by it before it was there.
"""

from __future__ import annotations

from datetime import date

from shanghui.rules.registry import Regulation

# Party regulations

CONSTITUTION = Regulation("《党章》", "中国共产党章程", "", date(2022, 10, 22))

BRANCHES = Regulation(
    "《支部工作条例》", "中国共产党支部工作条例（试行）", "中发〔2018〕38号", date(2018, 10, 28)
)

ELECTIONS = Regulation("《基层组织选举工作条例》", "中国共产党基层组织选举工作条例", "", date(2020, 7, 13))

TERMS = Regulation("《基层组织任期意见》", "关于党的基层组织任期的意见", "", date(2018, 7, 12))

EDUCATION = Regulation("《党员教育管理工作条例》", "中国共产党党员教育管理工作条例", "", date(2019, 5, 6))

ADMISSION_2014 = Regulation(
    "《发展党员工作细则（2014年）》", "中国共产党发展党员工作细则", "中办发〔2014〕33号",
    date(2014, 5, 28), force_to=date(2026, 5, 11),
)

ADMISSION_2026 = Regulation("《发展党员工作细则（2026年）》", "中国共产党发展党员工作细则", "", date(2026, 5, 11))

DUES = Regulation(
    "《党费收缴、使用和管理规定》", "关于中国共产党党费收缴、使用和管理的规定", "中组发〔2008〕3号", date(2008, 4, 1)
)

# The two plans hold for the years they name. The text of the second was not seen.

TRAINING_2019 = Regulation(
    "《2019－2023年党员教育培训规划》", "2019－2023年全国党员教育培训工作规划", "",
    date(2019, 1, 1), force_to=date(2024, 1, 1),
)

TRAINING_2024 = Regulation(
    "《2024－2028年党员教育培训规划》", "全国党员教育培训工作规划（2024－2028年）", "",
    date(2024, 1, 1), force_to=date(2029, 1, 1),
)

# Social organizations and chambers

SOCIAL_ORGANIZATIONS = Regulation(
    "《社会组织党建意见》", "关于加强社会组织党的建设工作的意见（试行）", "中办发〔2015〕51号", date(2015, 9, 30)
)

CHAMBER_REFORM = Regulation(
    "《工商联所属商会改革实施意见》", "关于促进工商联所属商会改革和发展的实施意见", "", date(2018, 12, 31)
)

ENTERPRISE_FUNDS = Regulation(
    "组通字〔2014〕42号", "关于非公有制企业党组织工作经费问题的通知", "组通字〔2014〕42号", date(2014, 12, 5)
)

FOUNDING_NOTICE = Regulation(
    "民函〔2016〕257号", "民政部关于社会组织成立登记时同步开展党建工作有关问题的通知", "民函〔2016〕257号", date(2016, 12, 31)
)

CHARTER_2018 = Regulation(
    "民函〔2018〕78号", "民政部关于在社会组织章程增加党的建设和社会主义核心价值观有关内容的通知",
    "民函〔2018〕78号", date(2018, 4, 28),
)

CHARTER_2019 = Regulation(
    "民函〔2019〕54号", "民政部关于在社会组织登记管理工作中贯彻落实《中共中央关于加强党的政治建设的意见》有关要求的通知",
    "民函〔2019〕54号", date(2019, 12, 31),
)

# The year of the pattern was not found; it carries the wording of 2019.
CHARTER_PATTERN = Regulation(
    "《行业协会商会章程示范文本》", "全国性行业协会商会章程示范文本", "", date(2019, 12, 31)
)

REGISTRATION = Regulation("《社会团体登记管理条例》", "社会团体登记管理条例（2016年修订）", "", date(2016, 2, 6))

FEDERATION = Regulation("《工商联章程》", "中国工商业联合会章程", "", date(2022, 12, 12))

PRIVATE_ECONOMY = Regulation("《民营经济促进法》", "中华人民共和国民营经济促进法", "", date(2025, 5, 20))

FOUR_GOODS = Regulation("《“四好”商会办法》", "“四好”商会建设实施办法（试行）", "", date(2025, 12, 31))

# Fewer burdens for the base, and what applications may not do

FINGERTIP = Regulation(
    "《防治“指尖上的形式主义”意见》", "关于防治“指尖上的形式主义”的若干意见", "", date(2023, 12, 18)
)

LESS_FORMALISM = Regulation(
    "《为基层减负若干规定》", "整治形式主义为基层减负若干规定", "", date(2024, 8, 6)
)

APPLICATIONS = Regulation(
    "《政务移动应用程序管理办法》", "政务移动互联网应用程序规范化管理办法", "国办函〔2026〕12号", date(2026, 1, 25)
)

# Laws

CIVIL_CODE = Regulation("《民法典》", "中华人民共和国民法典", "", date(2021, 1, 1))

PERSONAL_INFORMATION = Regulation("《个人信息保护法》", "中华人民共和国个人信息保护法", "", date(2021, 11, 1))

NETWORK_DATA = Regulation("《网络数据安全管理条例》", "网络数据安全管理条例", "", date(2025, 1, 1))

NETWORK_SECURITY = Regulation(
    "《网络安全法》", "中华人民共和国网络安全法（2025年修正）", "", date(2026, 1, 1)
)

# Without a document of their own: they hold for every day that is asked

LOCAL = Regulation("本地规定", "本地规定和通行做法", "", date(2000, 1, 1))

CONVENTION = Regulation("系统提示口径", "系统提示口径", "", date(2000, 1, 1))
