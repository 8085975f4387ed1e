"""The words that say what sort of question it is: a look-up, a check, an explanation, a search.

Pure patterns and data. `OUTSIDE` are questions that no annual report answers, each with the sentence
that says so.
"""

import re

from assistant.explaining import asks_meaning, names_term
from assistant.query import Kind
from assistant.question.measures import Asked

# 除了市政府，其他单位一共收到多少: the others are no agency that got into a report by mistake.
_OTHERS = re.compile(
    "除了?[,，]?.{0,4}?(?:其他|其余|别的|剩下)的?(?:几[个家]|各家)?(?:单位|部门|局)?"
)
# 有没有空白格 · 哪些格子没填
BLANKS = re.compile(
    "空白格|空格|空着的?格|(?:哪些|哪几|什么|有没有|多少|几)个?(?:格子?|栏|地方|项目?|数据?).{0,3}(?:没填|没有填|未填|空白|空着|漏填|是空)"
    "|(?:没填|没有填|未填|漏填|空白|空着)的(?:格子?|栏|地方|项|单元格)|哪里没填|哪里空着|表[二三四2-4](?:是不是|有没有|是否)?(?:都|全)?(?:空着|空白|是空的|没填|没有填|未填)"
)
# 薛城区工信局56条和分项对得上吗 · 这份报告有没有问题 · 表三平不平
_CHECK = re.compile(
    "对得上|对不上|衔接|引用了?(?:过期|废止|失效|错误|旧)|(?:过期|失效)的?(?:文件|文号|依据)|(?:几|多少)[处个](?:地方)?(?:错|毛病|出入)|错了?几[处个]|(?:表[二三四2-4]|[二三四]张?表|账|数)平(?:吗|了|没)|对得起来|平衡|平不平|勾稽|核查|核对(?!了?(?:多少|几))|校验|(?<![了过展的])检查(?!了?(?:多少|几|什么|哪些|啥|谁)|情况|结果)|审核一下|审一下|查错|挑错|纠错一下"
    "|(?:有没有|有无|有什么|有哪些|是否有|是否存在|存不存在|存在什么|是不是有)(?:错别字|错字|错误|毛病|差错|笔误|硬伤|矛盾|漏项|缺项|出入|不一致)"
    "|(?:报告|年报|日期|表[二三四]|表头|表格|数据|数字|这个数|落款|标题|引用|文件|文号)(?!(?:里|中|上)?(?:说|写|提|讲|指出|反映|认为)).{0,8}(?:有没有问题|有问题没有|有无问题|有问题吗|有什么问题|有哪些问题|对吗|对不对|正确吗|错了|有误)"
    "|(?:报告|年报)(?:里|中)?有错|(?:表[二三四]|报告|年报|日期|落款|标题|表头|文号)(?:有|出了?)问题(?:的|$|[?？,，])|错在(?:哪|什么)|哪(?:里|儿|一?个?[格处行列栏])(?:是)?(?:错|有误|不对|填错)|有错(?:吗|没|的|误|$)|(?:有没有|有无|有什么|有啥|有哪些|哪些)(?:地方)?错(?!过)|不平的|有没有问题|有问题吗|有问题没有|不平[?]?$|平没平|打架|雷同|错别?字|写错|填错|写成(?:了)?(?:别的|其他)|(?:把|混进|混入|抄|串|出现)了?(?:别的|其他)(?:单位|部门|局)|(?:别的|其他)单位的(?:内容|名|话|材料|信息|事)|抄错|张冠李戴|缺了什么|缺什么|缺少什么|漏了什么|少了什么|缺了哪些"
    "|缺哪些|漏了哪些|前后(?:一致|矛盾)|自相矛盾|(?:加起来|加总|相加).{0,6}(?:对|等于|是不是)|书名号|标点|(?:提到|写到|说到|出现)(?:了|过)?(?:别的|其他|另一个)(?:单位|部门|局)|正文(?:和|与|跟|同).{0,4}表格?|这个数(?:据|字)?(?:准|对|可靠|属实)|合不合规|是否合规|合规吗|规范吗|(?:哪里|哪儿|什么地方)[^,，。]{0,4}不规范|是否规范|是否一致|一致吗|说得通"
)
# 智能问答有哪些毛病: of a thing that the report tells of
_AILS_WHAT = re.compile(
    "(?P<what>[一-龥]{2,12}?)(?:都|还|到底)?(?:有没有|有无|有什么|有哪些|有啥|存在什么|存在哪些|是不是有)毛病"
)
# 内部检查查出什么: what an inspection found
_INSPECTED = re.compile(
    "(?:内部|专项|日常|季度|年中|监督|抽样)(?:检查|核查)|(?:检查|核查|抽查|监测)(?:中)?(?:查出|发现)"
)
# 投诉通报缺什么: of a thing, not of the report
_LACKS_WHAT = re.compile("(?P<what>[一-龥]{0,12}?)(?:缺|漏|少)(?:了|少)?(?:什么|哪些|啥)")
_OF_A_REPORT = re.compile(
    "政府信息公开|信息公开|年度|年报|报告|文字|表述|数字|数据|落款|标题|文号|引用|表头|表格|日期|填报|勾稽|签名|这份|那份|我们|单位|部门|表[二三四]|内容|结构|部分|要件|格式|正文|是不是|有没有|第[一二三四五六]|[的局里中还都上它]"
)
# 什么意思 · 怎么算 · 最晚什么时候
_EXPLAIN = re.compile(
    "什么意思|啥意思|指啥|指谁|指的啥|啥叫|何意|是指|指什么|指哪些|指的是|指的什么|怎么算|怎么计算|如何计算|怎样计算|计算方法|算法|怎么收|如何收|收费标准|收取标准"
    "|怎么收费|含义|定义|分别是哪|分别指|哪天(?:之前|前|公布|公开)|必须公布|口径|什么叫|叫什么|是什么$|是什么[?]|是啥|解释|区别|有什么不[一同]|有何不同|不一样|什么时候(?:公布|公开|发布|报|提交|之前)|最晚|最迟"
    "|期限|截止|几号(?:前|之前)|多久|多长时间|几天(?:之?内|答复)|多少天(?:之?内|答复)|(?<!第)几个工作日|多少个?工作日|依据是什么|法律依据|怎么填|如何填|填什么|应当写|应该写|要写|写什么|包括哪些|包含哪些|几个?部分|费标准|怎么理解|如何理解|勾稽关系$|会怎么?样|(?:有)?什么后果|填[在到进]?哪|计[入在]哪|算[在到作]哪|归[到在为]哪|什么情况(?:下)?(?:才)?(?:算|叫|属于)|怎[样么](?:才)?算"
    "|写在哪|放在哪|写[进入到在](?:年报|报告)(?:里面?|中)?[吗么呢]|一个意思|一回事|算不算|是不是算"
)
# 属于行政查询事项的怎么答复: of any request, not of one report's
_HOW_TO = re.compile("(?:怎么|如何|怎样)(?:答复|处理|填报|填写|统计|计数|判断|勾稽|平衡)[?？呢]*$")
# 行政复议前置是什么意思 asks for no number, known term or not
MEANING_ALONE = re.compile(
    "是?(?:什么|啥)意思[?？]?$|怎么办[?？]?$|何意[?？]?$|的(?:含义|定义)(?:是什么)?[?？]?$|^(?:什么叫|什么是|啥叫|何谓)(?!.*(?:多少|几))"
)
# 哪家最晚落款 asks for an agency, not when reports are due.
_WHICH_AGENCY = re.compile(
    "[哪几](?:一?家|个(?:单位|部门|局|机关))|哪些(?:单位|部门|局|机关)|谁(?=.*最)|最.*谁"
)
# 哪些单位, 谁: agencies are asked for
WHICH = re.compile(
    "哪一?(?:家|个|份|些|几)|谁|(?:单位|报告|年报|部门|局)(?:有哪|是哪)|的(?:单位|报告|部门|局)"
)
# 第几条规定不予公开 · 申请公开要收费吗: of the regulations, not of a report
_LAW = re.compile(
    "第几条|出自哪|哪一?条(?:规定|款|法|$)|(?:超过|多少|几)[^,，。]{0,8}(?:要|才|会|开始)(?:收费|交费|缴费|交钱|收[取钱]?[?？呢]*$)|(?:不服|不满意|不认可|被拒绝?|拒绝公开|被驳回|不给公开|答复不了|不答复|没答复|没有答复).{0,8}(?:怎么|如何|可以|能|该|会)|(?:能|可以|能否|可否|该|应该|都|一律|一概)(?:不|不予|申请)?(?:公开|拒绝|不给)[吗么呢]?[?？]*$|(?:要|会|得|需要)(?:不要)?(?:收费|交钱|花钱|付费|缴费)吗|收不收费|要不要(?:钱|收费|交钱)|(?:什么时候|何时|哪年|从何时)(?:开始|起)收|几月几[号日]|几月份|每[件页](?:多少|几|收)"
)
# 申请是怎么处理的 · 提案主要涉及什么 · 培训了谁: what was done, not how often
_HOW = re.compile(
    "(?:怎么|如何|怎样)(?:去|来|在)?(?:处理|办理|受理|回复|答复|发送|通知|告知|保护|保障|组织|推进|运行|管理|审核|审查|发布|公布|公开|解读|回应|培训|监督|考核)(?!.{0,6}(?:多少|几))"
    "|(?:怎么|如何|怎样)(?:把|将|给|通过|用)?(?:提高|提升|发给|送|传|交给|做到|改善|加强|规范|拓宽|方便|服务|对待|配合|推广|落实|实现|建立|宣传|扩大|寄|转交|减少(?!了)|降低(?!了))"
    "|(?:是|有|都是|在)?(?:哪|什么)(?:些|几个?|一?个)?方面的?(?:内容|事)?[?？]?$"
    "|内容(?:是什么|有哪些|有什么|包括|都?是啥|是哪)|(?:涉及|围绕|关于|针对|集中在)(?:什么|哪些|哪几|啥|哪方面)|主要(?:涉及|内容|围绕|集中)"
    "|(?:由谁|谁来)(?:负责)?(?:答复|回复|办理|处理)|谁来?(?:组织|举办|起草|签发|牵头|主办|审核|审查|把关|受理|做|开展|承担|实施)的?(?:$|[?？])|(?:在|从|通过)哪(?:里|儿|些?(?:渠道|平台|网站))?(?=领|取|查|看|办|下载|发布|公布|公开|公示|登|贴|推送|推)|哪里(?:领|取|能查|可以查)|叫(?:什么|啥)名?|(?:机制|制度|模式|系统|地图|专班|活动)是(?:什么|怎么回事|啥)|(?:学|讲|教|谈|议|培训)了(?:什么|哪些|啥)|(?:发布|公开|公布|推送)(?:了|的是?)?(?:主要)?(?:哪些|什么|啥)(?:信息|内容)|(?:增加|新增|取消|调整|完善|开通|上线)了?(?:哪些|什么|啥)|哪一?[条个项](?:问题|措施)?(?:是)?(?:和|与|跟|涉及|关于|说的?是?|提到?)|流程|程序是|畅通|承认|坦言|(?:什么|啥)主题|主题是|(?:培训|聘请|邀请|通报|约谈|表彰)(?:了|过|的是)?(?:谁|哪些人)|对象是"
    "|(?:哪一?年|什么时候|何时)(?:开始)?(?:上线|推出|建成|建的|开通|启用|设立|建立|成立|推行|开设|改名|更名|投用|开始用|起用)"
)
# 没有自建网站的 · 没写培训的: which reports do not speak of it
_LACKS = re.compile(
    "(?:没有?|未)(?:再)?(?:自建|独立|专门|专职|专人|设立?|建立|开设|开通|配备|明确|聘|邀请|组织|开展|举办)"
)
# 谁发布过电梯方面的信息: on what, not how many
_ON_A_MATTER = re.compile("(?:方面|领域|有关|相关)的?(?:信息|内容|数据|情况|公告)")
_UNWRITTEN = re.compile("(?:没有?|未)(?:写|提|说|谈|讲)")
# 哪些单位提出要加强培训: what is meant to be done
_MEANT_TO = re.compile(
    "(?:提出|打算|计划|要求|强调|准备)[^,，。]{0,4}(?:加强|增加|提高|开展|组织|做好)|加强"
)
# 哪些单位说没有公众号: what is denied, not what is left out
_SAYS_NONE = re.compile(
    "(?:说|称)(?:自己|本局|本单位)|(?:说|写|明确|承认)(?:明|了|过|自己)*(?:没有|未|无)(?!收|发生)"
)
# 哪年没写培训
_WHICH_YEAR = re.compile("哪一?年|哪几年|哪些年|哪个年度")
_ANY_AGENCY = re.compile("有[没无]有?(?:哪一?[家个])?(?:单位|部门|局|机关)")
# 谁搞过培训: a sentence tells, numbered or not
_EVER_DONE = re.compile(
    "(?:搞|做|办|开展|举办|组织|进行)过|有过?[^,，。多少几]{0,4}培训[?？]?$|(?:没|没有|未)(?:曾)?(?:搞|做|办|开展|举办|组织|进行)"
)
# 哪家说索赔人的申请多: what it says, not whose number is the largest
_AS_SAID = re.compile(
    "(?:哪一?[些家个几份]|谁)(?:单位|报告|年报|部门|局|里)?(?:说|承认|反映|坦言|指出|抱怨)(?!明)|(?:哪一?[些家个几份]|谁)[^,，。]{1,16}写[进入到]了?(?:报告|年报)"
)
# 哪些单位办了开放日活动: no requests were done with
_HELD = re.compile(
    "(?:搞|办|举办|开展|组织|召开)[过了][^,，。多少几]{0,8}(?:活动|培训|讲座|开放[日月]|发布会|说明会|专栏|热线)"
)
# 平均多久办完一件: a duration is told in words, no cell holds one
_HOW_LONG = re.compile("多久|多长时间|多少天|几天|(?:多少|几)个?工作日")
# 答复超期的原因和处理结果: no row of the table
_LATE = re.compile("超期|超时|逾期答复")
# 哪家没有公众号: whether it has one, not whether it counts what it sends
_LACKS_CHANNEL = re.compile(
    "(?:没有?|无)(?:自己的?|自建的?|官方的?)?(?:微信)?(?:公众号|微博|新媒体|网站|热线|客户端)"
)
_OF_NUMBERS = re.compile("次数|人数|数据|数量|数字|多少|几")
# 有什么问题 · 怎么改进 · 联系电话 · 谁提到了
_PASSAGES = re.compile(
    "(?<!发现)(?<!发现了)(?<!查出)(?<!查出了)(?<!督促)(?:几|多少)(?:个|条|点|项|方面)?(?:主要)?(?:问题|不足)|(?:问题|不足)(?:一共|总?共)?有(?:几|多少)|的问题(?:呢|吗)?$|^问题呢|对策|办法呢|(?:存在|主要|哪些|什么|啥)(?:的)?新?的?(?:问题|不足|短板|困难|毛病|缺点|欠缺)|(?:问题|不足)都?有(?:哪些|什么|啥)|不好的(?:地方)?$|做得(?:不好|不够|差)|哪里做得|问题是|列为问题|当作问题|作为问题|改进|整改|措施|(?:怎么|如何|怎样)(?:去|来)?(?:改|补|解决|让|使得?|帮助?|保证|确保|避免|防止|应对|克服|弥补)|做法|经验|怎么做|怎样做|如何做|怎么开展"
    "|如何开展|下一步|打算|计划怎么|亮点|创新|举措|工作重点|主要工作|哪些工作|概括|总结|概述|介绍|讲讲|说说|电话|地址|邮箱|邮编|传真|联系方式|怎么联系|如何联系"
    "|提到|提及|写到|写了什么|谈到|怎么写|怎么说|有关.{0,12}(?:内容|表述)|为什么|原因是|是(?:不是)?(?:因为|由于)|谁负责|谁来?(?:做|管|把关|承担)[?？]?$|由谁|哪个科室|负责人|领导小组|监督保障|平台建设|信息管理|(?:败诉|诉讼|复议|纠正|撤销|纠错)的?(?:主要)?原因|(?<!情况)怎么样$|申请(?:提交)?的?(?:方式|渠道|途径)|超期|超时|逾期答复|逾期办理|第三方(?:评估|测评|检测|监测|机构|调查)"
    "|采取了|做了哪些|做了什么|开展了哪些|开展了什么|有没有.{0,16}(?:做法|机制|制度|活动|平台|专栏)|实行.{0,8}制度|依据.{0,6}编制|通过(?:哪些|什么)(?:渠道|方式|平台)"
)
# 哪家的措施最具体, 谁做得最好: no report can tell, and no number
JUDGES = re.compile(
    "最(?:具体|好|差|认真|详细|全面|扎实|有效|管用|实在|严重|重视|先进|规范|透明|到位|用心|有新意|有创意|值得|糟)"
)
# 有没有提案没办完: the requests carried over are no proposals
_PROPOSALS_DONE = re.compile(
    "(?:建议|提案)[^,，。]{0,8}(?:没|未|没有)(?:办|答|解|采)|(?:建议|提案)[^,，。]{0,6}(?:办完|办结|解决|采纳)(?:了|没)(?!多少|几)"
)
COUNTS = re.compile("多少|(?<!哪)几[件条人次家个项篇份名场宗期]|数量|总数")

_OUTCOMES = re.compile("(?:复议|诉讼|官司)(?:案件)?的?结果")
# 为什么收到53件申请 takes a number for granted that the report may not give.
_PREMISE = re.compile("为什么.{0,12}\\d+(?:万元|件|条|人|次|项|份|个)")
WHY = re.compile(
    "为什么|为何|为啥|咋会|咋这么|凭什么|什么原因|怎么会|原因是|的原因(?:呢|[?？]|$)|何以|是(?:不是)?(?:因为|由于)"
)
# 为什么是空白: what the cell holds is looked up, a reason no cell gives.
WHY_BLANK = re.compile("(?:为什么|为何|怎么|咋).{0,12}(?:空|没填|没有填|未填|没数|没有数)")
# 有几份年报提到培训
COUNTS_MENTIONS = re.compile(
    "(?:(?:几|多少)(?:[家份](?:单位|部门|局|机关|年报|报告)?|个(?:单位|部门|局|机关))|多少(?:单位|部门|年报|报告))"
    "[|都在的里中]{0,8}(?:提到|提及|写到|写了|谈到|谈了|说到|说了|讲到|讲了)"
)
# 资料库里有哪些单位 · 有几份年报 · 有哪些年份的报告
HOLDINGS = re.compile(
    "^[|,的]*(?:有没有|有无|有)(?:年报|报告)(?:吗|没有|么)?[?]?$|(?:年报|报告)有(?:吗|没有|么)(?![一-龥])|(?:年报|报告)(?:一共|总共|共)?有(?:多少|几)(?:份|篇|家)"
    "|有(?:哪些|哪几|几|多少)[家个](?:单位|部门|机关|局)?的?(?:年报|报告)"
    "|哪(?:些|几[家个])(?:单位|部门|机关|局)?(?:有|交了|发布了)(?:年报|报告)[?？]*$"
    # At the end, because 有几份年报提到培训 asks for what reports say.
    "|有(?:没有|无|多少份?|几份)[|的年度份]*(?:年报|报告)(?=[吗?？]*$)|有[|的年度份]*(?:年报|报告)(?:吗|么|没有)[?？]*$"
    "|(?:年报|报告)(?:都|一共|总共|共)?(?:是|有)(?:哪几|几|哪些)个?年(?:份|度)?的?(?=[?？]*$)"
    "|(?:最[早新近]|最后一[份期])的?(?:年报|报告)(?:都)?(?:是|有)?(?:哪一?[年份个]|哪些年|几几年)的?[?？]*$"
    "|(?:有|收录|存)了?(?:哪几|几|哪些|多少)个?年(?:份|度)?的?(?:年报|报告)|"
    "库(?:里|中|内)?(?:一共|总共|都|现|共)?(?:收录|存|收|装)?了?(?:有)?(?:哪些|什么|多少|几)(?:家|个|份|篇)?(?:单位|部门|机关|报告|年报|年份|年度|地方)"
    "|^[|,的]*(?:现在|目前)?(?:都|一共|总共|共)?有(?:哪些|几个|几份|多少份|多少家|几家)(?:年份|年度|报告|年报|单位|机关)?(?:的)?(?:报告|年报)?[?]?$"
)

OUTSIDE: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            "属于哪个?[省市区县]|隶属于?哪|归哪个?[省市区县]|在哪个?[省市区县]|上级是哪|是哪个?[省市区县]的"
        ),
        "年报没有写明这一隶属关系，不能由报告推断。",
    ),
    (
        re.compile(
            "^(?:你好|您好|嗨|哈喽|在吗|早上好|下午好|谢谢|多谢|辛苦了?|再见|拜拜|好的|ok)[呀啊吗哦!！。.~]*$",
            re.IGNORECASE,
        ),
        "您好，我只回答政府信息公开工作年度报告里的问题。可以问某个单位某年收到多少件申请、哪家最多、"
        "比上年多几件、存在什么问题、怎么整改，也可以让我核查一份报告。",
    ),
    (
        re.compile(
            "你(?:能|会|可以)(?:干|做|回答|帮我做?)些?什么|^(?:请问)?(?:这个?|本|你的?)?(?:系统|工具|网站|网页|助手|软件|平台)?(?:怎么|怎样|如何)?(?:使用|用)(?:说明|方法)?[的呢?？]*$|使用说明|^(?:这个?|本|你的?)?(?:系统|工具|网站|网页|助手|软件|平台)?有(?:什么|哪些)功能|能问(?:你)?(?:些)?什么|可以问(?:你)?(?:些)?什么|^帮助$"
        ),
        "可以问：某个单位某年收到多少件申请、哪家最多、比上年多几件、占比和排名；存在什么问题、怎么整改、"
        "联系电话；名词是什么意思；也可以让我核查一份报告。数都从年报里查得，并注明出处。",
    ),
    (
        re.compile(
            "天气|股价|股票|房价|彩票|新闻头条|写(?:一)?首.{0,10}诗|作(?:一)?首诗|讲个?笑话|翻译成|下雨|下雪|火车票|机票|外卖|电影|你是谁|你叫什么|怎么做饭|菜谱"
            "|民法典|刑法|宪法|婚姻法|劳动(?:合同)?法|公司法|写代码|编程|(?:邻居|朋友|老公|老婆|同事).{0,10}(?:怎么办|吵架)"
            "|(?:怎么|如何|去?哪里?|在哪)[^,，。]{0,4}(?:申请|申领|办|领|交|查|考)[^,，。]{0,4}(?:低保|社保|医保|公积金|护照|驾照|签证|贷款|户口|居住证|退休|养老金|补贴)"
            "|(?:低保|社保|医保|公积金|护照|驾照|签证|户口|居住证|养老金)(?:怎么|如何|去?哪|在哪)"
        ),
        "这个问题不在政府信息公开工作年度报告的范围内。",
    ),
    (
        re.compile(
            "(?:局长|主任|书记|处长|科长|领导|负责人|[省市区县]长)(?:现在|目前)?(?:是谁|是哪位|叫什么|姓什么)"
        ),
        "年报不载明人员任职情况。",
    ),
    (
        re.compile(
            "(?:怎么|如何|怎样|去?哪里?)[^,，。]{0,14}(?:提出?|提交|递交)?申请(?:公开|政府信息|信息公开)"
            "(?!.{0,8}(?:处理|办理|答复|多少|几))|(?:信息公开|公开)的?申请(?:应该|应当|该|要|书)?(?:怎么|如何|怎样)(?:提(?![高升])|递|交|写)"
            "|(?:怎么|如何|怎样)(?:提出?|提交|递交|写)[^,，。]{0,8}(?:公开|信息)的?申请书?[?？]*$"
            "|(?:^|依申请公开|公开申请)[^,，。]{0,4}(?:怎么|如何|怎样)(?:提出?|提交|递交|写)申请书?[?？]*$"
        ),
        "年报不载明怎样提出申请，请看该单位的政府信息公开指南。",
    ),
    (
        re.compile(
            "(?:要|需要?|必须|应当|应该)(?:不要)?(?:写|说|说明|告知|附|给出?)(?:明|清楚)?(?:理由|原因|依据)[吗么][?？]*$"
        ),
        "这是办理申请的规定，年报不载明，请查阅《政府信息公开条例》。",
    ),
    (
        re.compile("(?:把|将)[^,，。]{1,10}(?:告上|告到|告进|起诉到|诉至)"),
        "年报只记载行政机关被申请行政复议、被提起行政诉讼的情况，不记载行政机关起诉别人。",
    ),
    (
        re.compile("明年.{0,8}(?:会|将|预计|预测)|预测|预计.{0,6}(?:多少|几)"),
        "年报只记载已经发生的情况，不能据以预测。",
    ),
)


# What is done or goes wrong, and may be counted in a sentence.
DEEDS = re.compile("整改|解决|督促|督办|超期|超时|逾期|清理|下架|抽查|检查|约谈|通报")
# 整改了多少处 · 超期几件: a number of the text, not what was done
_COUNTED_DEEDS = re.compile(
    "(?:整改|解决|督促|督办|超期|超时|逾期|清理|下架|抽查|检查|约谈|通报)(?:了|过|的|有|问题|办理|答复)*(?:一共|共|总共)?(?:多少|几)"
    "|(?:多少|几)[处个项件份条](?:问题|隐患|差错)?[^,，。]{0,4}(?:整改|解决|超期|超时|逾期)"
)


def _asks_words(text: str, asked: Asked) -> bool:
    """Whether sentences are asked for, though a measure is named: how, of what, and who lacks it."""
    if COUNTS.search(text):
        return False
    if _HOW.search(text) or (WHICH.search(text) and _LACKS.search(text)):
        return True
    if WHICH.search(text) and _ON_A_MATTER.search(text):
        return True
    if WHICH.search(text) and _SAYS_NONE.search(text):
        return True
    are_figures = all(m.aspect == "figure" for m in asked.measures)
    is_of_words = (
        (WHICH.search(text) or _ANY_AGENCY.search(text) or _WHICH_YEAR.search(text))
        and (_UNWRITTEN.search(text) or _EVER_DONE.search(text) or _MEANT_TO.search(text))
        and not _OF_NUMBERS.search(text)
    )
    return bool(asked.measures and are_figures and is_of_words)


def _is_told_in_words(text: str, asked: Asked, *, names_agency: bool) -> bool:
    """Whether no cell can hold the answer, whatever measure is named: how long, who does best."""
    if _PROPOSALS_DONE.search(text) and not COUNTS.search(text):
        return True
    if _LATE.search(text) and not COUNTS.search(text):
        return True
    if _AS_SAID.search(text) and not COUNTS.search(text):
        return True
    if WHICH.search(text) and _HELD.search(text) and not _OF_NUMBERS.search(text):
        return True
    if COUNTS_MENTIONS.search(text) and not any(m.aspect == "statement" for m in asked.measures):
        return True
    if asked.measures:
        are_figures = all(m.aspect == "figure" for m in asked.measures)
        asks = WHICH.search(text) or WHY.search(text)
        lacks = are_figures and asks and _LACKS_CHANNEL.search(text)
        return bool(lacks or (names_agency and _HOW_LONG.search(text)))
    return bool(WHICH.search(text) and JUDGES.search(text))


def _of_terms(text: str, *, names_year: bool) -> Kind | None:
    """Whether a question that names no agency asks what a term means; of an unknown one, the text."""
    if _WHICH_AGENCY.search(text):
        return None
    if not names_year and (asks_meaning(text) or (_HOW_TO.search(text) and names_term(text))):
        return "definition"
    if (_EXPLAIN.search(text) or _LAW.search(text)) and names_term(text):
        return "definition"
    return "retrieval" if not names_year and MEANING_ALONE.search(text) else None


def _asks_check(text: str) -> bool:
    """Whether a report is to be checked; what a thing in it lacks is looked for in its text."""
    if _INSPECTED.search(text):
        return False
    lacks = _LACKS_WHAT.search(text) or _AILS_WHAT.search(text)
    if lacks and len(_OF_A_REPORT.sub("", lacks["what"])) > 1:
        return False
    return bool(_CHECK.search(_OTHERS.sub("", text)))


def refusal_for(text: str) -> str:
    """Why no annual report can answer, "" where one may."""
    return next((sentence for words, sentence in OUTSIDE if words.search(text)), "")


def find_kind(
    text: str, asked: Asked, *, names_agency: bool, names_year: bool = False
) -> Kind | None:
    """What sort of question it is, None where its words do not say (薛城呢).

    `text` is the question without names and years, its measures unmasked.
    """
    if not names_agency and (explained := _of_terms(text, names_year=names_year)):
        return explained
    if not asked.measures and BLANKS.search(text):
        return "lookup"
    if _is_told_in_words(text, asked, names_agency=names_agency):
        return "retrieval"
    if not asked.measures and _COUNTED_DEEDS.search(text):
        return "lookup"
    if _asks_check(text) and not (_EXPLAIN.search(text) and not names_agency):
        return "check"
    counts = bool(COUNTS.search(text))
    is_number = asked.measures and (
        (counts and asked.is_sure) or (asked.parts and not _HOW.search(text))
    )
    if asked.measures and WHY_BLANK.search(text):
        return "lookup"
    if is_number or HOLDINGS.search(text) or (asked.measures and _PREMISE.search(text)):
        return "lookup"
    if asked.measures and _OUTCOMES.search(text):
        return "lookup"
    if _PASSAGES.search(text) or _asks_words(text, asked):
        return "retrieval"
    return "lookup" if asked.measures or counts else None
