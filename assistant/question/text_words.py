"""The words for what reports tell in sentences: figures of the text, and statements.

Data only. The names of figures are those of `ingest.figures.names`. A figure may go by several
names, the first that a report has counts; names joined by + are added up (人大建议+政协提案). A
statement is something that a report says or leaves out: its identifier, its name in an answer.
"""

from assistant.measure import Measure


def _figure(name: str, unit: str, *figures: str) -> Measure:
    return Measure(name, unit, "figure", figures=figures or (name,))


def _statement(name: str, *identifier: str) -> Measure:
    return Measure(name, "", "statement", figures=identifier)


PUBLISHED = _figure("主动公开信息", "条", "主动公开信息", "网站信息", "信息")
WECHAT = _figure("微信公众号信息", "条", "微信公众号信息", "新媒体信息", "消息")
FOLLOWERS = _figure("关注用户", "人")
CHANNEL_FIGURES = (WECHAT, FOLLOWERS)
DEPUTIES = _figure("人大建议", "件")
MEMBERS = _figure("政协提案", "件")
PROPOSALS = _figure("人大建议和政协提案", "件", "建议提案", "人大建议+政协提案")
TRAININGS = _figure("培训次数", "次")
TRAINED = _figure("培训人数", "人")
FEE_AMOUNT = _figure("信息处理费", "元")
FEE_STATEMENT = _statement("信息处理费收取情况", "fee")
PROPOSALS_DONE = _figure("办结率", "%")
SIGNED_ON = _statement("落款日期", "signed_on")
SIGNED_BY = _statement("落款单位", "signed_by")
CITATION = "citation"

# Words, separated by spaces, and the measures that they mean; several are each answered.
FIGURES: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    (
        "主动公开政府信息 主动公开信息 主动公开 公开政府信息 公开信息 发布信息 发布政府信息 信息公开数量 "
        "信息发布量 公开信息量 公开数量 信息公开条数 公开条数 信息发布数量 发布量 主动发布 主动公布",
        (PUBLISHED,),
    ),
    (
        "微信公众号推送 公众号推送 公众号发布 微信公众号发布 公众号公开 微信公开 公众号信息 微信推送 推送 "
        "微信平台公开 微信公众平台 微信发布 新媒体发布 微信信息 微信",
        (WECHAT,),
    ),
    (
        "关注用户 关注人数 关注数 粉丝数 粉丝量 粉丝 订阅数 订阅用户 多少人关注 几人关注 人关注",
        (FOLLOWERS,),
    ),
    (
        "微信公众号数据 公众号数据 微信公众号情况 微信公众号 公众号 政务新媒体数据 新媒体数据",
        CHANNEL_FIGURES,
    ),
    ("微博发布 微博信息 微博推送 微博", (_figure("微博信息", "条"),)),
    ("网站发布 网站公开 门户网站发布 门户网站公开 网站信息", (_figure("网站信息", "条"),)),
    ("公开栏 公示栏 公告栏", (_figure("公开栏信息", "条"),)),
    ("人大代表建议 人大建议 代表建议 人大代表的建议 人大的建议 人大议案 议案 建议", (DEPUTIES,)),
    ("政协委员提案 政协提案 委员提案 政协的提案 提案", (MEMBERS,)),
    (
        "建议和提案 建议提案 建议、提案 人大建议和政协提案 人大建议政协提案 人大建议、政协提案 "
        "人大代表建议和政协提案 人大代表建议、政协提案 人大代表建议政协提案 建议与提案 建议及提案 "
        "人大代表建议和政协委员提案 人大代表建议、政协委员提案 代表建议和委员提案 议案提案 代表建议、委员提案",
        (DEPUTIES, MEMBERS),
    ),
    ("政策解读 解读材料 解读信息 解读稿", (_figure("政策解读", "条"),)),
    (
        "回应热点问题 回应热点 回应关切 热点问题 热点回应 回应社会关切 回应公众关切",
        (_figure("回应热点", "条"),),
    ),
    ("培训次数 培训场次", (TRAININGS,)),
    ("培训人数 参训人数 培训人次 参加培训", (TRAINED,)),
    ("培训", (TRAININGS, TRAINED)),
    ("新闻发布会", (_figure("新闻发布会", "次"),)),
    ("访问量 浏览量 点击量 阅读量 访问次数", (_figure("访问量", "次"),)),
    ("建议办结率 提案办结率 建议提案办结率", (PROPOSALS_DONE,)),
    ("按期答复率 按时答复率 及时答复率 直接答复率 按期办结率", (_figure("答复率", "%"),)),
    ("满意率 满意度", (_figure("满意度", "%"),)),
    ("意见征集 征集意见", (_figure("意见征集", "条"),)),
    ("网民留言 留言", (_figure("网民留言", "条"),)),
    ("政府公报 公报", (_figure("政府公报", "期"),)),
    ("新媒体账号 政务新媒体账号", (_figure("新媒体账号", "个"),)),
    ("工作人员 工作人员数", (_figure("工作人员", "人"),)),
)

STATEMENTS: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    ("信息处理费收取情况 信息处理费 收取信息处理费 处理费 信息费", (FEE_STATEMENT,)),
    (
        "什么时候写的 何时写的 哪天写的 什么时候出的 哪天公布 哪天发布 什么时候公布 什么时候发布 何时公布 何时发布 公布日期 发布日期 哪天落款 什么时候落款 何时落款 落款是哪天 落款是什么时候 落款日期 落款时间 署名日期 签署日期 成文日期 署名时间 落款的日期 日期落款 署期",
        (SIGNED_ON,),
    ),
    ("落款单位 落款机关 署名单位 署名 落款", (SIGNED_BY,)),
    ("标题", (_statement("标题", "title"),)),
)
