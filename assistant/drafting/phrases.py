"""The sentences of section one and of the opening, as data: situation → wordings.

A `{field}` stands for a number or a name. The invariant: no wording holds a digit, none says what
the facts of its situation do not say, and every wording of a situation takes the same fields.
"""

from collections.abc import Mapping
from types import MappingProxyType

Phrases = Mapping[str, tuple[str, ...]]

OPENING: Phrases = MappingProxyType(
    {
        "basis": (
            "本报告依据《中华人民共和国政府信息公开条例》第五十条和{form}规定的格式编制。",
            "按照《中华人民共和国政府信息公开条例》和{form}统一的年度报告格式，{agency}编制本报告。",
            "{agency}根据《中华人民共和国政府信息公开条例》和{form}的要求，编制并公布{year}年政府信息公开工作年度报告。",
            "根据《中华人民共和国政府信息公开条例》关于年度报告的规定，现按{form}的格式公布{agency}{year}年政府信息公开工作情况。",
        ),
        "parts": (
            "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分。",
            "报告设六个部分，依次为总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。",
            "报告分六个部分，以文字说明总体情况、问题改进和其他事项，以统一表格列出各项数据。",
            "",
        ),
        "period": (
            "所列数据的统计期限自{year}年{first_month}月{first_day}日起至{year}年{last_month}月{last_day}日止。",
            "本报告数据的统计时间为{year}年{first_month}月{first_day}日至{year}年{last_month}月{last_day}日。",
            "各项数据统计自{year}年{first_month}月{first_day}日起，到{year}年{last_month}月{last_day}日为止。",
        ),
        "contact": (
            "如对本报告有疑问，请与{we}联系（{contact}）。",
            "公众对本报告内容如有疑问，可以向{we}咨询（{contact}）。",
            "对本报告有意见或者建议的，可与{we}联系（{contact}）。",
        ),
        "contact.government": (
            "公众对本报告如有疑问，可以通过以下方式联系：{contact}。",
            "对本报告有意见或者建议的，请按下列方式反映：{contact}。",
            "如需进一步了解本报告的内容，联系方式为：{contact}。",
        ),
    }
)

LEAD: Phrases = MappingProxyType(
    {
        "lead": (
            "{year}年，{agency}按照《中华人民共和国政府信息公开条例》的规定履行公开职责，报告以下五个方面的情况。",
            "本部分综述{agency}{year}年开展政府信息公开工作的情况。",
            "{agency}{year}年的政府信息公开工作，分五个方面说明。",
            "{year}年度，{agency}对照《中华人民共和国政府信息公开条例》规定的公开范围和办理程序开展工作。",
            "现就{agency}{year}年主动公开、依申请公开、政府信息管理、公开平台和监督保障五个方面的工作说明如下。",
            "围绕法定公开内容和公众申请，{agency}在{year}年开展了以下工作。",
            "{year}年，{agency}依照法定职责公开政府信息、答复公众申请。",
        ),
    }
)

PROACTIVE: Phrases = MappingProxyType(
    {
        "published.unknown": (
            "全年主动公开政府信息【请补充：主动公开信息的总条数】，其中【请补充：各公开渠道的条数】。",
            "通过各类渠道主动公开政府信息的数量为【请补充：主动公开信息的总条数，以及门户网站、政务新媒体等渠道的条数】。",
            "{we}本年度主动公开各类政府信息【请补充：总条数】，重点领域为【请补充：公开的重点领域和条数】。",
            "主动公开方面，共发布信息【请补充：总条数，以及政策文件、政策解读、工作动态等类别的条数】。",
            "{year}年，{we}发布政府信息【请补充：总条数】，发布渠道和数量为【请补充：渠道名称和条数】。",
        ),
        "decisions.some": (
            "行政执法结果信息方面，全年作出{items}。",
            "从行政权力运行结果看，本年度作出{items}。",
            "履行法定职责形成的处理决定有：{items}。",
            "{year}年，{we}作出{items}。",
            "全年作出的处理决定，计有{items}。",
        ),
        "decisions.rest_none": (
            "没有产生{rest}处理决定。",
            "未产生{rest}处理决定。",
            "{rest}方面没有处理决定。",
        ),
        "decisions.none": (
            "全年没有产生{rest}处理决定。",
            "因未产生{rest}处理决定，本年度没有此类结果信息。",
            "{rest}三类处理决定本年度均未产生。",
            "本年度未产生{rest}处理决定，第二部分表格相应填列。",
        ),
        "decisions.up": (
            "上年作出{name}决定{last}件，本年有所增加。",
            "上年作出{name}决定{last}件，本年度数量上升。",
        ),
        "decisions.down": (
            "上年作出{name}决定{last}件，本年有所减少。",
            "上年作出{name}决定{last}件，本年度数量下降。",
        ),
        "decisions.same": (
            "上年作出{name}决定{last}件，两年持平。",
            "上年作出{name}决定{last}件，数量没有变化。",
        ),
        "decisions.first": (
            "上年没有作出{name}决定，本年度开始作出。",
            "{name}决定系本年度新产生，上年没有。",
        ),
        "decisions.ended": (
            "上年作出{name}决定{last}件，本年度没有产生。",
            "上年作出{name}决定{last}件，本年度没有作出。",
        ),
        "fees.some": (
            "收取行政事业性收费{amount}万元。",
            "行政事业性收费为{amount}万元。",
            "全年行政事业性收费收入{amount}万元。",
        ),
        "fees.none": (
            "本年度没有行政事业性收费。",
            "全年未发生行政事业性收费。",
            "{we}本年度没有收取行政事业性收费。",
        ),
        "fees.up": (
            "上年收费金额为{last}万元，本年有所增加。",
            "上年收费金额为{last}万元，本年上升。",
        ),
        "fees.down": (
            "上年收费金额为{last}万元，本年有所减少。",
            "上年收费金额为{last}万元，本年下降。",
        ),
        "fees.same": (
            "上年收费金额为{last}万元，两年持平。",
            "上年收费金额为{last}万元，没有变化。",
        ),
        "procurement.some": (
            "政府集中采购项目{projects}项，采购总金额{amount}万元。",
            "全年实施政府集中采购项目{projects}项，采购总金额为{amount}万元。",
        ),
        "procurement.none": (
            "本年度没有政府集中采购项目。",
            "全年未发生政府集中采购。",
        ),
    }
)

MANAGEMENT: Phrases = MappingProxyType(
    {
        "documents.some": (
            "规范性文件管理方面，{items}。",
            "行政规范性文件的管理情况是：{items}。",
            "行政规范性文件方面，{items}。",
            "行政规范性文件的制发和存量情况为：{items}。",
        ),
        "documents.only_in_force": (
            "本年度没有制发和废止行政规范性文件，现行有效的行政规范性文件{in_force}件。",
            "现行有效的行政规范性文件{in_force}件，年内没有新增和废止。",
            "全年未制发、未废止行政规范性文件，现行有效的行政规范性文件{in_force}件。",
        ),
        "rules.some": (
            "规章方面，{items}。",
            "规章的制发和存量情况是：{items}。",
        ),
        "documents.none": (
            "{we}没有制发行政规范性文件，也没有现行有效的行政规范性文件。",
            "本年度没有制发、废止行政规范性文件，年末没有现行有效的行政规范性文件。",
            "{we}本年度没有制发或者废止行政规范性文件，也没有现行有效的行政规范性文件。",
            "没有现行有效的行政规范性文件，年内也没有制发和废止。",
        ),
        "practice.unknown": (
            "【请补充：信息发布审核、保密审查、目录更新等管理措施】。",
            "政府信息制作、审核和更新的具体做法：【请补充：本年度的管理措施】。",
            "在信息管理上，{we}【请补充：发布前审核、公开后更新和清理的做法】。",
            "信息管理的主要措施是【请补充：审核程序、责任分工、台账等】。",
        ),
    }
)

PLATFORMS: Phrases = MappingProxyType(
    {
        "named": (
            "{we}的公开渠道有{platforms}。",
            "政府信息主要通过{platforms}对外发布。",
            "对外公开政府信息的平台包括{platforms}。",
            "{platforms}是{we}公开政府信息的主要渠道。",
        ),
        "practice.unknown": (
            "【请补充：门户网站、政务新媒体、公报或查阅点的建设和维护情况】。",
            "平台建设情况：【请补充：本年度栏目调整、功能完善和账号管理等情况】。",
            "本年度平台的维护与改进为【请补充：网站专栏、政务新媒体等平台的情况】。",
            "在公开平台上，{we}【请补充：渠道名称、栏目设置、更新维护等】。",
        ),
    }
)

ASSURANCE: Phrases = MappingProxyType(
    {
        "practice.unknown": (
            "【请补充：工作机构和人员、业务培训、监督检查等情况】。",
            "组织保障方面，{we}【请补充：负责机构和人员、培训、考核等情况】。",
            "监督和保障措施为【请补充：培训次数、检查方式、整改情况等】。",
            "{year}年的监督保障工作：【请补充：人员配备、培训、监督检查等】。",
        ),
        "duties": (
            "工作考核结果：【请补充：政府信息公开工作考核的组织和结果】。社会评议结果：【请补充：评议方式和结果】。责任追究结果：【请补充：有无责任追究情形】。",
            "按照条例对各级人民政府的要求，报告下列结果：工作考核为【请补充：考核的组织和结果】；社会评议为【请补充：评议方式和结果】；责任追究为【请补充：有无责任追究情形】。",
            "考核方面，【请补充：政府信息公开工作考核的组织和结果】；评议方面，【请补充：社会评议的方式和结果】；责任追究方面，【请补充：有无责任追究情形】。",
        ),
    }
)
