"""Every knob with its reason. Components read them from the crawler; nothing imports this module."""

import sys

BOT_NAME = "govspider"
SPIDER_MODULES = ["govspider.spiders"]
NEWSPIDER_MODULE = "govspider.spiders"
COMMANDS_MODULE = "govspider.commands"

# -- who we are ------------------------------------------------------------------------------------------------------
USER_AGENT = "Mozilla/5.0 (compatible; govspider/0.1; government website inspection)"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "govspider"

# -- nobody may steer a running crawl from outside -------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # on by default since Scrapy 2.19: a server that executes Python
TELNETCONSOLE_ENABLED = False

# -- politeness: two requests at a time to one host, with pauses -----------------------------------------------------
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 0.25
DOWNLOAD_DELAY_JITTER = 0.5
CONCURRENT_REQUESTS = 64  # does not bound inline requests; SITES_IN_PARALLEL does

# -- limits of one request -------------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 20
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DNS_TIMEOUT = 10
HTTPERROR_ALLOW_ALL = True  # a status is a fact
DOWNLOAD_FAIL_ON_DATALOSS = False  # many old servers announce a wrong length; browsers show what came
DOWNLOADER_CLIENT_TLS_CIPHERS = "DEFAULT:@SECLEVEL=0"  # old servers are read, not accused
RETRY_ENABLED = False  # the fetcher retries later, not at once
COOKIES_ENABLED = False  # the fetcher keeps the few it needs, host by host
HTTPPROXY_ENABLED = False  # a proxy would resolve names out of the guard's sight
METAREFRESH_ENABLED = False  # the walk follows refreshes itself, they are facts

# -- speed -----------------------------------------------------------------------------------------------------------
ASYNCIO_EVENT_LOOP = None if sys.platform == "win32" else "uvloop.Loop"
CONCURRENT_ITEMS = 4  # the default starts 100 tasks for each response
DOWNLOADER_STATS = False
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 50_000_000

# -- logging ---------------------------------------------------------------------------------------------------------
LOG_LEVEL = "WARNING"  # the terminal; everything from INFO goes to the round's run.log
LOGSTATS_INTERVAL = 0  # the progress display says it
LOG_FORMATTER = "govspider.extensions.ByCode"

# -- the inspection --------------------------------------------------------------------------------------------------
REGISTER = "register/sites.csv"
ACCOUNTS = "register/accounts.csv"
COLUMNS = "register/columns.csv"  # optional
OUTAGES = "register/outages.csv"  # optional: announced outages
OFFICE = "register/office.toml"
OUTPUT = "output"
DATABASE_URL = ""  # empty: SQLite inside OUTPUT
EDITION = "2019"
OVERLAY = ""
SITES_IN_PARALLEL = 8  # or accounts
SITE_PAGE_BUDGET = 400
SITE_TIME_BUDGET = 1200  # seconds
SURVEY_PAGES = 300  # of what these leave: further pages on which dead links are looked for; 0: none
BROWSER = "auto"  # auto or never
CHROMIUM = ""  # a path; empty: chromium-headless-shell or chromium on the PATH, else Playwright's own
PRIVATE_NETWORKS_ALLOWED = ""  # CIDRs, comma list; a registered host is always allowed

# -- early warnings --------------------------------------------------------------------------------------------------
# Apprise's addresses (https://appriseit.com/services/), separated by commas: wecombot://…, dingtalk://…, mailtos://….
# They hold secrets: better given as GOVSPIDER_NOTIFY in the environment than on the command line.
NOTIFY = ""

# -- scrapy crawl uptime ---------------------------------------------------------------------------------------------
# Hosts that are always there, on networks that have nothing to do with each other: where most of them do not answer,
# the trouble is ours. In a network without Internet, name others.
IPV6_CONTROL = "www.gov.cn"  # a name that has an IPv6 address: where it seems to have none, none is missed of others
UPTIME_CONTROLS = "https://www.baidu.com/,https://www.qq.com/,https://www.163.com/,https://www.aliyun.com/"
UPTIME_IN_PARALLEL = 32
UPTIME_PAUSE = 10.0  # seconds between the three looks that confirm a failure
UPTIME_SECONDS = 900.0  # no look at a further site is begun after that

# -- our parts -------------------------------------------------------------------------------------------------------
RETRY_PAUSE = 3.0  # seconds before a failure is tried again
DOWNLOAD_HANDLERS = {
    "http": "govspider.fetching.handler.PlainOrBrowserHandler",
    "https": "govspider.fetching.handler.PlainOrBrowserHandler",
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "govspider.fetching.middlewares.FastCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the walk and the guard know what is whose
    "govspider.fetching.middlewares.StrictRobotsMiddleware": 100,
}
# One for each family of rules, in the order of the indicators; None switches a family off.
ITEM_PIPELINES = {
    "govspider.pipelines.ColumnsPipeline": 100,
    "govspider.pipelines.FreshnessPipeline": 110,
    "govspider.pipelines.ServicesPipeline": 120,
    "govspider.pipelines.GuidesPipeline": 130,
    "govspider.pipelines.InteractionPipeline": 140,
    "govspider.pipelines.HomePipeline": 150,
    "govspider.pipelines.LinksPipeline": 160,
    "govspider.pipelines.SafetyPipeline": 170,
    "govspider.pipelines.RegisterPipeline": 180,
    "govspider.pipelines.SamplesPipeline": 185,
    "govspider.pipelines.AnswersPipeline": 190,
    "govspider.pipelines.AccountsPipeline": 200,
    "govspider.pipelines.StorePipeline": 900,
}
EXTENSIONS = {
    # Switched off above; named here so that they are not even imported.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "govspider.extensions.RunLog": 0,
    "govspider.extensions.Progressing": 10,
    "govspider.extensions.RoundReport": 20,
}
