"""The words in which people tell of a hunt, in Chinese and English. Folded: lower case, half width."""

from functools import cache

from tracker.capture.scanning import Kind, Lexicon, Meaning, entries

ANY_INTERVIEW = ""
"""The label of an interview whose number was not said."""

WEAK = "weak"
"""A word that names a stage only beside what became of it: 简历挂."""
HAPPENED = "happened"
"""A word that says that a stage took place: 面完."""
RETURNED = "returned"
"""拒了: the company refused the person, or the person the company."""
POSTPONED = "postponed"
"""It takes place at another time than was arranged."""

_STAGES = {
    "意向": "意向",
    "投递": "投递了|投递|已投递|投了|已投|网申了|网申|投简历|简历投递|投的|投过|海投|投好了|投完|投完了|投啦|内推了|"
    "简历筛选|简历初筛|初筛|简历评估|applied|applied to|applied for|applied at|applied with|submitted|"
    "submitted my application|submitted an application|application submitted|sent my resume|sent my cv|"
    "sent an application|sent in my application|handed in my application|resume screening|resume screen|cv screening",
    "测评": "测评|在线测评|性格测评|性格测试|综合测评|心理测评|行测|oa|online assessment|assessment|personality test",
    "笔试": "笔试|机试|上机|上机考试|在线笔试|在线考试|编程测试|written test|written exam|coding test|coding challenge|"
    "online test|technical test|coding assessment|take-home|take home|hackathon test",
    "AI面": "ai面|ai面试|ai 面|ai 面试|ai视频面|ai视频面试|ai视频面谈|ai interview|ai round|one-way interview|hirevue",
    "一面": "一面|1面|初面|初试|首面|技术一面|业务一面|第一轮面试|第一轮|一轮面试|first interview|first round|r1|"
    "1st rd|"
    "first round interview|first-round interview|1st round|1st round interview|1st interview|interview 1|round 1|"
    "round one|phone screen|phone screening|initial interview|initial screen|technical phone screen|tech screen|"
    "technical screen",
    "二面": "二面|2面|复试|技术二面|业务二面|第二轮面试|第二轮|二轮面试|second interview|second round|r2|2nd rd|"
    "second round interview|second-round interview|2nd round|2nd round interview|2nd interview|interview 2|round 2|"
    "round two",
    "三面": "三面|3面|终面|技术三面|业务三面|第三轮面试|第三轮|三轮面试|third interview|third round|r3|3rd rd|"
    "third round interview|3rd round|3rd interview|3rd round interview|round 3|round three|final interview|"
    "final round|final round interview|final-round interview",
    "交叉面": "交叉面|交叉面试|cross interview",
    "主管面": "主管面|主管面试|leader面|leader 面|ld面|经理面|manager interview|hiring manager interview|manager round|"
    "hiring manager round|hm round|hm interview|hiring manager call",
    "加面": "加面|四面|4面|加试|extra interview|extra round|fourth round|4th round",
    "HR面": "hr面|hr 面|hr面试|hr 面试|hr面谈|hrbp面|人力面|人事面|hr interview|hr round|hr call|hr screen|hr chat|"
    "recruiter interview|recruiter call|recruiter screen",
    "谈薪": "谈薪|谈薪资|聊薪资|聊薪|聊薪水|聊offer|谈待遇|聊待遇|谈薪水|薪资沟通|谈offer|offer沟通|沟通offer|"
    "意向书|开奖|开奖了|oc|oc了|口头offer|口头 offer|"
    "offer call|verbal offer|salary negotiation|salary talk|negotiation",
    "三方": "三方|三方协议|签三方|签了三方|签约|签约了|signed the contract|signed the offer",
    ANY_INTERVIEW: "面试|面谈|interview|interviews|interviewing|technical interview|tech interview|"
    "behavioral interview|behavioural interview|video interview|virtual interview|panel interview|interview loop",
}
_OWN_STAGES = (
    "群面|无领导面|小组面|集体面|业务面|技术面|专业面|部门面|总监面|vp面|ceo面|cto面|老板面|boss面|高管面|英语面|"
    "压力面|综合面|组长面|半结构化面|结构化面|五面|六面|单面"
)
_DISCUSSED = (
    "聊完薪资|聊完薪资了|聊完薪|聊完薪了|聊了薪资|聊了薪|谈完薪|谈完薪了|谈完薪资|谈完薪资了|谈了薪|谈了薪资|谈薪了|"
    "聊完offer|聊完offer了|谈完offer|谈完offer了"
)
_HAPPENED = "面了|面完|面完了|面过了|刚面|刚面完|interviewed|interviewed with|interviewed at"
_MEDIA = {
    "phone": "电话面|电话面试|phone interview",
    "onsite": "现场面|现场面试|线下面|线下面试|到面|virtual onsite|onsite interview|on-site interview|onsite|on-site|"
    "on site|superday",
    "online": "视频面|视频面试|线上面|线上面试|远程面",
}
_WEAK_STAGES = {"投递": "简历|简历关|简历筛|简筛|筛选|resume|cv|application"}

_OUTCOMES = {
    "passed": (
        "过了|过啦|过辣|已过|通过|通过了|已通过|顺利通过|成功通过|过|passed|pass|cleared|advanced past|"
        "made it through|got through|got past|moved past|made it past|✅|✔|√|✓"
    ),
    "offer": (
        "offer|offers|offer了|offer letter|录用|录取|录用通知|录用通知书|已录用|job offer|sp offer|ssp offer|"
        "sspoffer|spoffer|白菜offer|正式offer|正式 offer"
    ),
    "no_opening": (
        "没岗|没岗了|没岗位|没岗位了|没有岗位|无岗|无岗位|没hc|没hc了|没 hc|没有hc|hc没了|hc没有了|hc满了|hc招满|"
        "无hc|岗位关闭|岗位关了|岗位已关闭|岗位没了|没坑了|招满了|已招满|招满|停招|停招了|hiring freeze|"
        "headcount freeze|position closed|position was closed|position filled|position was filled|role was filled|"
        "role is filled|no headcount|no opening|no openings|role was closed|role closed"
    ),
    "revoked": "毁约|被毁约|毁约了|毁意向|毁offer|毁了offer|offer被毁|被毁offer|被毁意向|被毁|被毁了|rescinded|"
    "revoked|offer was rescinded|rescinded my offer|rescinded the offer|offer rescinded",
    "declined": "expired|lapsed|拒offer|拒了offer|拒掉offer|已拒offer|婉拒offer|婉拒了offer|婉拒了|declined|"
    "declined the offer|"
    "turned down the offer|turned down an offer|declined my offer|rejected the offer|rejected their offer",
    "withdrawn": (
        "放弃|放弃了|不去|主动放弃|已放弃|弃了|弃面|弃笔试|弃考|不去了|不面了|不考虑了|不投了|不笔了|我鸽了|鸽了|鸽掉|"
        "退出流程|终止流程|撤回投递|撤了|withdrew|withdrew from|withdrawn|withdrew my application|dropped out|"
        "pulled out|opted out"
    ),
}
_REJECTED = {
    "": (
        "寄|寄了|寄掉了|g了|gg|gg了|噶了|挂|挂了|挂掉|挂掉了|挂啦|已挂|秒挂|秒挂了|挂在|挂在了|挂于|凉|凉了|凉凉|"
        "凉凉了|已凉|凉透|凉透了|凉掉|被刷|"
        "被刷了|刷了|刷掉|刷掉了|秒刷|淘汰|淘汰了|被淘汰|被淘汰了|没过|没过了|没通过|没有通过|没有过|未通过|未过|"
        "不通过|没进|没进去|未能通过|不合适|不匹配|流程终止|流程结束|流程结束了|被终止|已终止|倒在|倒在了|卡在了|"
        "rejected|got rejected|was rejected|been rejected|rejected me|failed|fail|flunked|bombed out|dinged|"
        "got dinged|didn't pass|didn't make it|did not pass|did not make it|not selected|no longer considering|"
        "not moving forward|not move forward|not proceeding|not to proceed|got cut|turned me down|"
        "didn't get through|failed out"
    ),
    "letter": "感谢信|感谢邮件|拒信|婉拒信|婉拒|收到感谢信|thank you letter|thank-you letter|rejection letter|"
    "rejection email|rejection e-mail|rejection mail|rejection|拒绝信|拒了邮件|unfortunately",
    "silence": "默拒|被默拒|默挂|已读不回|石沉大海|杳无音信|被鸽|被鸽了|ghosted|ghosted me|got ghosted|been ghosted",
    "missed": (
        "缺考|缺席|错过|错过了|没赶上|忘了做|忘做|忘记做|忘了参加|忘记参加|睡过了|睡过头|超时未做|过期了|missed|"
        "no-show|no show|slept through"
    ),
}
_RETURNED = "reject|rejects|拒|拒了|被拒|被拒了|已拒|拒绝|拒绝了|拒掉|拒掉了|turned down|refused"

_OTHERS: dict[Kind, dict[str, str]] = {
    Kind.POOL: {
        "": (
            "泡池子|泡池子了|泡池子里|泡池|泡池了|池子|池子里|池中|泡着|进池|进池子|入池|入池了|进池了|人才池|"
            "人才库|简历池|备选池|排序|排序中|在排序|横向|横向中|横向对比|横向比较|在池子|在池子里|waitlist|"
            "waitlisted|on hold|talent pool|in the pool|into the pool|put on hold"
        )
    },
    Kind.REVIVE: {
        "": (
            "复活甲|复活|复活了|复活赛|被复活|捞|捞了|被捞|被捞了|捞起|捞起来|捞起来了|捞我|被捞起|捞出来|捞出来了|"
            "重新捞起|revived|revival|reopened my application|reconsidered"
        )
    },
    Kind.CONTACT: {
        "": (
            "问了hr|问了下hr|问hr|问了一下hr|催了|催了一下|催了下|催了hr|催hr|催进度|问进度|问了进度|问了下进度|"
            "问了一下进度|问结果|问了结果|问了下结果|问了一下结果|问了流程|问了一下|问了下|联系了hr|联系hr|联系了|"
            "私信了hr|发邮件问|发邮件催|发消息问|打电话问|咨询了|咨询了hr|问了内推人|问了招聘|followed up|"
            "followed up with|follow-up sent|pinged|nudged|asked hr|asked the recruiter|emailed hr|"
            "emailed the recruiter|called hr|called the recruiter|messaged hr|messaged the recruiter|"
            "checked in with|sent a follow-up|sent a follow up|reached out"
        )
    },
    Kind.DEADLINE: {
        "": (
            "截止|截止到|截止日期|截止时间|网申截止|投递截止|截至|ddl|deadline|due|closes|close date|"
            "applications close|截止投递|截止网申|最晚|apply by|apply before"
        )
    },
    Kind.CANCEL: {
        "": "取消|取消了|被取消|被取消了|已取消|取消掉|临时取消|cancelled|canceled|was cancelled|was canceled|"
        "got cancelled|"
        "got canceled|been cancelled|been canceled|called off",
        POSTPONED: (
            "改约待定|推迟|推迟了|延期|延期了|延后|延后了|改期|改期了|改时间|改时间了|改约|改约了|postponed|"
            "was postponed|"
            "got postponed|rescheduled|was rescheduled|got rescheduled|rescheduling|"
            "to be rescheduled|delayed|got delayed"
        ),
    },
    Kind.NOTE: {"": "备注|笔记|记录|note|memo"},
    Kind.NEGATION: {
        "": "没|没有|未|不|别|免|跳过|无|无需|不用|并没有|从未|没收到|没有收到|未收到|没等到|没有拿到|没拿到|没约|没投|"
        "还没投|还没收到|尚未|not|no|never|didn't|haven't|hasn't|don't|without|did not|have not|not yet|"
        "didn't get|haven't got|haven't received|没被|没参加|没去|没做|还没做|还没参加|还没去|还没面|还没考"
    },
    Kind.PENDING: {
        "": (
            "等|等待|在等|还在等|坐等|还没|还没有|还未|还没挂|还没过|还没通过|还未通过|没挂|没有挂|没凉|没消息|"
            "没有消息|还没消息|没回复|没回|没动静|没下文|没信|没反馈|暂无消息|无消息|等结果|等消息|等通知|等待结果|"
            "等待通知|等待中|待通知|进行中|流程中|在流程中|评估中|简历评估中|筛选中|简历筛选中|处理中|等回复|等面试|"
            "等笔试|等一面|等二面|等三面|等hr面|等offer|等测评|没约上|没约到|约不上|待定|时间待定|冲突|时间冲突|"
            "撞了|撞时间|撞车|"
            "另行通知|待安排|没安排|tbd|tba|haven't heard|"
            "have not heard|hasn't replied|"
            "haven't replied|no reply|no response|no news|still waiting|still pending|waiting for|waiting on|"
            "waiting to hear|nothing yet|not heard|pending|没挂掉|没出结果|没结果|未出结果"
        )
    },
    Kind.UNSURE: {
        "": (
            "感觉|scared|afraid|worried|估计|应该|可能|好像|大概|大概率|或许|也许|怕是|八成|似乎|听说|据说|恐怕|猜|"
            "我猜|觉得|怀疑|预感|"
            "搞不好|说不定|probably|maybe|perhaps|might|i think|i guess|i feel|seems|seems like|looks like|likely|"
            "i suspect|i heard|apparently|多半|怕|担心|害怕|要挂|要凉|快凉|快挂"
        )
    },
    Kind.OTHERS: {
        "": (
            "好难拿|难拿|太难拿|tips|interview tips|interview questions|interview experience|室友|舍友|导师|爸妈|"
            "我妈|我爸|家里人|猎头|辅导员|朋友|学长|学姐|师兄|师姐|学弟|学妹|同门|别人|人家|"
            "女朋友|男朋友|大家|有人|同学们|我同学|"
            "我朋友|我室友|我师兄|他们|她们|隔壁|friend|my friend|roommate|my roommate|classmate|my classmate|"
            "someone|he|she|they all|他|她|同学"
        )
    },
    Kind.INTENTION: {
        "": (
            "打算|让我投|推荐我投|建议我投|建议投|叫我投|喊我投|劝我投|想|想要|想投|想去|要投|计划|考虑|考虑投|有空|"
            "有时间|改天|回头|待投|等投|未来想|准备投|准备去投|"
            "准备网申|准备冲|冲一下|能投|可以投|值得投|该投|应该投|要不|不如|想冲|明天投|后天投|下周投|周末投|"
            "plan to|planning to|want to|wanna|thinking of|thinking about|considering|would like to|going to apply|"
            "gonna apply|might apply|should|let's|intend to|to do|todo|to-do|aim to|want|apply|apply to|apply for|"
            "need to apply|will apply"
        )
    },
    Kind.SOFT_INTENTION: {
        "": (
            "准备|复习|预习|突击|备战|reviewing|revising|studying for|prepping|cramming|要|将|将要|记得|别忘|别忘了|"
            "提醒我|提醒|得|需要|必须|will|going to|gonna|need to|have to|must|"
            "remember|remember to|remind me|remind me to|don't forget|don't forget to|prepare for|preparing for|"
            "prep for|practice for"
        )
    },
    Kind.WISH: {
        "": (
            "希望|梦到|梦见|做梦|但愿|祈祷|求|求求|保佑|许愿|期待|祝|求过|别挂|不要挂|hope to|hoping|hope|wish|"
            "fingers crossed|"
            "praying|dream|dreaming"
        )
    },
    Kind.QUESTION: {
        "": (
            "是什么|什么意思|什么时候|啥时候|什么情况|啥情况|怎么|怎么样|如何|为什么|为啥|要不要|是不是|有没有|"
            "能不能|会不会|该不该|可不可以|可以吗|哪|哪个|哪家|哪里|哪天|谁|多久|几天|几点|咋|咋样|怎样|什么|啥|"
            "多少|几轮|几面|过没过|挂没挂|投没投|凉没凉|过了没|过了没有|挂了没|挂了没有|投了没|投了没有|有消息没|"
            "来了没|收到没|是否|何时|难不难|难吗|考不考|问不问|多难|有多难|几轮|求问|请问|想问|问一下大家|有没|有无|"
            "咋办|wondering|wonder if|"
            "not sure if|not sure whether|how come|what did|what do|what does|what was|what is|"
            "what kind|how long|how hard|how many|how was|when will|when do|when does|does anyone|"
            "anyone know|any tips|any advice|any idea|any news|any update|"
            "any updates|any word"
        )
    },
    Kind.REPORT: {"": "问了|考|问到|被问|问我|问的|考了|面试官问|聊了|问|asked about|asked me|they asked"},
    Kind.CONDITION: {"": "如果|要是|假如|假设|若|万一|倘若|一旦|的话|除非|if|unless|in case|assuming|suppose"},
    Kind.DONE: {
        "": (
            "做完|做完了|考完|考完了|写完|写完了|交了|结束|结束了|完成|完成了|已完成|已做|做了|刚做完|刚考完|刚做|"
            "参加了|参加过|finished|completed|done|had|took|did|went through"
        )
    },
    Kind.COMING: {
        "": (
            "约|约了|约在|约好|约到|约定|安排|安排了|安排在|安排到|邀请|邀约|诚邀|邀|定在|定了|预约|预约了|预约在|"
            "即将|通知|通知了|请准时|scheduled|scheduled for|invited|invited to|invite|invite to|invitation|"
            "invitation to|upcoming|booked|set for|confirmed for"
        )
    },
    Kind.MOVED: {
        "": (
            "改到|改到了|改成|改为|改在|改约到|改约在|改约成|改期到|改期至|改期为|改期在|改时间到|推到|推迟到|"
            "推迟至|延期到|延到|延后到|提前到|提前至|挪到|调整到|"
            "调整为|调到|换到|rescheduled to|rescheduled for|moved to|moved up to|moved back to|now on|"
            "now at|postponed to|pushed to|pushed back to|"
            "brought forward to|changed to"
        )
    },
    Kind.BATCH: {
        "提前批": "提前批|早鸟|early batch",
        "正式批": "正式批|秋招|秋招正式批|new grad|校招|campus recruitment",
        "补录": "补录|秋招补录|春招补录",
        "春招": "春招",
        "暑期实习": "暑期实习|暑期|暑假实习|summer intern|summer internship",
        "日常实习": "日常实习|日常",
        "实习": "实习|intern|internship",
        "社招": "社招|experienced",
    },
    Kind.CITY: {
        "": (
            "北京|上海|广州|深圳|杭州|成都|武汉|南京|西安|苏州|重庆|天津|长沙|厦门|合肥|青岛|大连|珠海|东莞|宁波|"
            "无锡|郑州|福州|济南|香港|澳门|新加坡|远程|佛山|沈阳|昆明|哈尔滨|石家庄|南昌|贵阳|南宁|海口|长春|太原|"
            "兰州|嘉兴|常州|温州|绍兴|beijing|shanghai|shenzhen|guangzhou|hangzhou|chengdu|wuhan|nanjing|suzhou|"
            "hong kong|singapore|remote|london|new york|nyc|san francisco|sf|seattle|bay area|berlin|tokyo|toronto|"
            "dublin|sydney|boston|austin|zurich"
        )
    },
    Kind.PLACE: {
        "腾讯会议": "腾讯会议|tencent meeting|voov",
        "飞书": "飞书会议|飞书视频|飞书|lark meeting|lark",
        "钉钉": "钉钉会议|钉钉",
        "Zoom": "zoom|zoom会议",
        "Teams": "teams|microsoft teams|ms teams",
        "Google Meet": "google meet|gmeet",
        "Webex": "webex",
        "Skype": "skype",
        "华为云会议": "华为云会议|welink",
        "牛客": "牛客|牛客网|nowcoder",
        "赛码": "赛码|赛码网|acmcoder",
        "北森": "北森",
        "HackerRank": "hackerrank",
        "CodeSignal": "codesignal",
        "Codility": "codility",
        "CoderPad": "coderpad",
        "Karat": "karat",
    },
    Kind.MEDIUM: {
        "phone": "电话|phone|by phone|phone call|on the phone",
        "onsite": "现场|线下|in person|in-person|到公司|到现场|线下场",
        "online": "线上|视频|远程视频|online|video call|by video",
    },
    Kind.CHANNEL: {
        "牛客": "牛客投的|牛客上|牛客上投",
        "官网": "官网|官网投|官网投的|官网投递|company website|careers page|career site",
        "BOSS直聘": "boss直聘|boss|boss 直聘",
        "实习僧": "实习僧",
        "拉勾": "拉勾|拉勾网",
        "猎聘": "猎聘",
        "智联": "智联招聘",
        "前程无忧": "前程无忧|51job",
        "LinkedIn": "linkedin",
        "Indeed": "on indeed|via indeed",
        "宣讲会": "宣讲会|career fair",
        "公众号": "公众号|小程序",
    },
    Kind.REFERRAL: {"": "内推|referral|referred|refer"},
    Kind.SEPARATOR: {"": ",|;|!|?|。|. |\n|…|……|...|然后|但是|但|不过|而且|同时|另外|后来|and then|, and|but|then"},
    Kind.LIST: {"": "、|和|跟|以及|and|&|/|+|与"},
}

_POSITIONS = (
    "后端|后台|后台开发|前端|客户端|服务端|算法|测试|测开|测试开发|产品|产品经理|运营|数据|数据分析|数据开发|"
    "数据挖掘|数仓|开发|"
    "研发|java|c++|c#|golang|go|python|rust|php|嵌入式|硬件|软件|安卓|android|ios|运维|sre|devops|安全|大模型|llm|"
    "nlp|cv岗|推荐|搜索|推荐算法|搜广推|广告|风控|量化|架构|全栈|机器学习|深度学习|aigc|多模态|infra|基础架构|"
    "云计算|数据库|内核|编译器|图形|引擎|ta|技术美术|策划|游戏策划|数值|美术|设计|交互|视觉|ui|ux|市场|销售|财务|"
    "法务|审计|人力|人力资源|行政|采购|供应链|物流|管培|管培生|管理培训生|战略|战略分析|商分|商业分析|投资|投行|"
    "研究员|行研|咨询|客服|芯片|ic|fpga|数字ic|模拟ic|验证|机械|结构|电气|电子|电控|自动化|控制|工艺|质量|材料|通信|"
    "射频|光学|自动驾驶|感知|规控|slam|项目经理|项目管理|售前|解决方案|技术支持|实施|培训生|工程师|开发工程师|"
    "开发岗|算法岗|研究|科研|编辑|内容|增长|用户研究|backend|back-end|back end|frontend|front-end|front end|"
    "fullstack|full-stack|full stack|sde|swe|engineer|software engineer|software engineering|software|developer|"
    "data|data scientist|data science|data engineer|data analyst|machine learning|ml|ml engineer|ai engineer|"
    "research scientist|research engineer|researcher|analyst|quant|quant researcher|trader|product|product manager|"
    "pm|program manager|project manager|qa|designer|product designer|mobile|cloud|security|embedded|firmware|"
    "hardware|platform|infrastructure|marketing|sales|finance|consultant|associate|solutions architect|architect|"
    "mle|tpm|new grad swe|岗|岗位|职位|role|position"
)

_FILLERS = (
    "面试官|面试官们|面试题|面试体验|面经|笔试题|笔试题目|面评|interviewer|interviewers|一下|了一下|的|了|是|在|我|"
    "最终|最后|总算|好歹|光速|火速|惨|"
    "惨遭|悲催|喜提|意外|莫名|也是|今年|这次|"
    "俺|被|把|给|给了|给我|收到|收到了|拿到|拿到了|拿|拿了|接到|接到了|接|进行|完成|进入|进入了|进|进了|到|到了|有|"
    "有个|去|来|来了|刚|刚刚|已经|已|面|做|一个|个|部门|状态|变成|变成了|变为|显示|更新为|更新成|进度|日期|轮次|"
    "转岗|换岗|终于|又|也|都|就|还|再|那个|这个|那边|这边|家|"
    "公司|时间|"
    "地点|定|说|发|发了|发来|竟然|居然|果然|直接|马上|成功|顺利|恭喜|base|参加|待|投|轮|轮次|后|之后|前|于|从|向|"
    "为|将于|今|哈哈|呜呜|啊|呀|啦|呢|吧|哦|唉|哎|哎呀|好的|ok|嗯|呜|惹|捏|耶|好耶|the|a|an|at|for|with|by|from|to|"
    "in|on|of|my|i|i've|i'm|we|got|get|have|had|has|was|is|been|be|just|they|me|us|it|their|our|this|that|his|her|"
    "as|via|through|team|company|received|got an|finally|yay|today's|will be|after|before|into|up|out|next|you|your|"
    "am|are|were|new|another|stage|invite|email|e-mail|mail|邮件|短信|电话通知|消息|机会|资格|applying|applying to|"
    "applying for|applying at|interest|interest in|applying|applying to|applying for|applying at|interest|"
    "interest in|dear|hi|hello|candidate|applicant|regards|recruiter|recruiters|hr那边|hr|说我|告知|通知我|"
    "打电话|打电话说|打来电话|来电|时长|大约|招聘"
)


@cache
def vocabulary() -> Lexicon:
    """All words, made when the first line is read."""
    words: list[tuple[str, Meaning]] = []
    for medium, listed in _MEDIA.items():
        words += entries(Kind.STAGE, {ANY_INTERVIEW: listed}, medium)
    words += entries(Kind.STAGE, {ANY_INTERVIEW: _HAPPENED}, HAPPENED)
    words += entries(Kind.STAGE, {"谈薪": _DISCUSSED}, HAPPENED)
    words += [(word + over, Meaning(Kind.STAGE, label, HAPPENED)) for label, word in _sat() for over in ("完", "完了")]
    words += entries(Kind.STAGE, _STAGES)
    words += [(word, Meaning(Kind.STAGE, _written(word))) for word in _OWN_STAGES.split("|")]
    words += entries(Kind.STAGE, _WEAK_STAGES, WEAK)
    for manner, listed in _REJECTED.items():
        words += entries(Kind.OUTCOME, {"rejected": listed}, manner)
    words += entries(Kind.OUTCOME, {"rejected": _RETURNED}, RETURNED)
    words += entries(Kind.OUTCOME, _OUTCOMES)
    for kind, table in _OTHERS.items():
        words += entries(kind, table)
    words += [(word, Meaning(Kind.POSITION, "")) for word in _POSITIONS.split("|")]
    words += [(word, Meaning(Kind.FILLER, "")) for word in _FILLERS.split("|")]
    return Lexicon(words)


def _sat() -> list[tuple[str, str]]:
    """Stages that one sits through, as label and word: 二面 of 二面完了."""
    every = ((label, word) for label, listed in _STAGES.items() for word in listed.split("|"))
    return [(label, word) for label, word in every if word.endswith(("面", "面试", "笔试", "测评", "机试"))]


def _written(label: str) -> str:
    """A stage's label as people write it: Latin letters in capitals."""
    return label.removesuffix("面").upper() + "面" if label[0].isascii() and label != "boss面" else label
