"""Challenge and fire-wall pages: what a server sends in place of its page when it distrusts the visitor.

Such a page says nothing about the site: neither content nor blankness may be read from it.
"""

import re
from collections.abc import Sequence

LOOK = 65_536  # bytes looked at; the scripts of challenges come early
SHORT = 900  # visible characters that a page of an interstitial has at most
TINY = 120

TAGS = re.compile(
    r"<(script|style|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>?", re.DOTALL | re.IGNORECASE
)
SCRIPTS = re.compile(r"<script\b[^>]*>(.*?)(?:</script|\Z)", re.DOTALL | re.IGNORECASE)
ANCHOR = re.compile(r"<a\s[^>]*href", re.IGNORECASE)
ENTITY = re.compile(r"&[#\w]{2,10};")

# What only a fire wall's own script or form has. Vendors' public markers.
MARKERS = re.compile(
    r"_cf_chl_opt|/cdn-cgi/challenge-platform|cf-browser-verification|__jsl_clearance|acw_sc__v[23]|aliyun_waf_[a-z]+|"
    r"yundun\.(?:console|captcha)|wzws_?(?:waf|reurl|cid)|wzwschallenge|ddos-guard|sucuri_cloudproxy|_incapsula_resource|"
    r"/_guard/(?:auto|html|slide|captcha)|/waf_(?:verify|captcha|slider)|safeline(?:_bot|-challenge)|\$_ts\s*=\s*window|"
    r"antidomxss|hcaptcha\.com/1/api|safedog(?:-site|_)|_asec_|sl-challenge-server|probe\.js\?v=bot",
    re.IGNORECASE,
)
SERVERS = re.compile(r"yunjiasu|jsl|cloudflare|ddos-guard|yundun|safedog|waf|sucuri|qrator", re.IGNORECASE)

# A cookie made by script, then the same address again: visitors with a browser pass without noticing.
COOKIE = re.compile(r"document\s*(?:\.\s*cookie|\[\s*['\"]cookie['\"]\s*\])\s*=", re.IGNORECASE)
AGAIN = re.compile(
    r"location\s*\.\s*reload\s*\(|(?:location(?:\s*\.\s*href)?|location\s*\[\s*['\"]href['\"]\s*\])\s*=\s*"
    r"(?:window\s*\.\s*|document\s*\.\s*)?location|location\s*\.\s*(?:replace|assign)\s*\(\s*(?:window\.)?location|"
    r"location\.href\s*=\s*location\.(?:pathname|href)|setTimeout\s*\(\s*['\"]location",
    re.IGNORECASE,
)
OBFUSCATED = re.compile(
    r"\beval\s*\(|String\s*\.\s*fromCharCode|\b_0x[0-9a-f]{4,}|\\x[0-9a-f]{2}\\x|unescape\s*\(|~~\[\]|\+!!\[\]",
    re.IGNORECASE,
)

WORDS = re.compile(
    r"正在(?:进行)?(?:安全)?(?:检查|验证)您?的?(?:浏览器|访问|请求|环境|身份|网络)|正在进行(?:安全|人机)(?:检查|检测|验证)|安全(?:检查|检测|验证)中|"
    r"(?:访问|请求)(?:已|已经)?被[^。,，]{0,12}(?:拦截|阻断|阻止|禁止|拒绝|安全策略)|访问(?:行为)?被(?:识别|判定|认定)为|IP(?:地址)?[^。,，]{0,4}被[^。,，]{0,4}(?:封|禁|限制)|"
    r"您?所在的?(?:地区|区域|国家)[^。,，]{0,8}(?:无法|不能|禁止|限制)访问|应用(?:安全)?防护系统|"
    r"(?:已|被)(?:网站)?(?:防火墙|云防护|安全防护|安全狗|云锁|WAF)[^。]{0,12}拦截|"
    r"(?:存在|含有|包含)[^。]{0,8}(?:威胁|危险|恶意|不合法|非法)[^。]{0,6}(?:请求|参数|行为|攻击)|网站防火墙|疑似(?:黑客|恶意|网络)?攻击|设置为拦截|您的?(?:IP|访问)[^。]{0,16}(?:过于频繁|异常|限制)|"
    r"(?:请|需要|必须)[^。]{0,6}(?:开启|启用|打开|允许)[^。]{0,10}(?:javascript|cookie)|(?:拖动|滑动|按住)[^。]{0,4}滑块|请?(?:完成|进行|通过)[^。]{0,8}(?:人机|滑动|安全)验证|"
    r"(?:输入|填写)[^。]{0,6}验证码[^。]{0,12}(?:继续|访问|浏览)|"
    r"(?:please\s+)?(?:enable|turn on)\s+(?:javascript|js|cookies)|checking (?:if the site connection|your browser)|just a moment|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|attention required|access (?:to this (?:page|site) )?(?:has been )?(?:denied|blocked)|"
    r"request (?:has been |was )?(?:blocked|rejected)|the requested url was rejected|web application firewall|unusual traffic",
    re.IGNORECASE,
)


def challenge_sign(status: int, headers: Sequence[tuple[str, str]], body: bytes) -> str | None:
    """Why this response is a challenge or a fire wall's page, in Chinese; None if it is the site's own page.

    A page with the site's own text and links is never one, whatever words it holds; neither are plain redirects,
    ordinary error pages and short pages.
    """
    html = _text(body[:LOOK])
    if len(body) > 4 * LOOK or (len(ANCHOR.findall(html)) > 12 and status == 200):
        return None
    scripts = " ".join(SCRIPTS.findall(html))
    visible = " ".join(ENTITY.sub(" ", TAGS.sub(" ", html)).split())
    if len(visible) > SHORT and status in {200, 404}:
        return None
    named = {name.lower(): value for name, value in headers}
    if named.get("cf-mitigated", "").lower() == "challenge":
        return "防护系统要求浏览器验证(cf-mitigated)"
    marker = MARKERS.search(html)
    if marker and (len(visible) < SHORT or status != 200):
        return f"防护系统的验证页(特征 {marker[0]})"
    if status in {412, 521} and "<script" in html.lower():
        return f"防护系统返回 {status} 和验证脚本"
    if status == 202 and scripts and len(visible) < TINY:
        return "返回 202 和验证脚本,未返回页面内容"
    words = WORDS.search(visible) or WORDS.search(_title(html))
    if words and (status != 404) and len(visible) < SHORT:
        return f"页面提示“{words[0][:30]}”,是防护系统的拦截或验证页"
    if len(visible) < TINY and scripts:
        return _by_script(status, scripts, html)
    if (
        status in {403, 405, 406, 429, 503}
        and SERVERS.search(named.get("server", ""))
        and "waf" in named["server"].lower()
    ):
        return f"防护系统返回 {status}"
    return None


def _by_script(status: int, scripts: str, html: str) -> str | None:
    """Judges a page that shows nothing and has a script."""
    if COOKIE.search(scripts) and AGAIN.search(scripts):
        return "脚本写入验证 Cookie 后要求重新访问"
    if status != 200 and OBFUSCATED.search(scripts):
        return f"返回 {status} 和加密的验证脚本"
    noscript = re.search(r"<noscript[^>]*>(.{0,400})", html, re.DOTALL | re.IGNORECASE)
    packed = OBFUSCATED.search(scripts) and COOKIE.search(scripts)
    if packed and len(scripts) > 300:
        return "页面只有写入 Cookie 的加密脚本"
    if (
        noscript
        and WORDS.search(TAGS.sub(" ", noscript[1]))
        and OBFUSCATED.search(scripts)
        and "<div" not in html.lower()
    ):
        return "页面只有加密的验证脚本"
    return None


def _title(html: str) -> str:
    found = re.search(r"<title[^>]*>([^<]{0,200})", html, re.IGNORECASE)
    return found[1] if found else ""


def _text(head: bytes) -> str:
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:
            return head.decode("utf-8", "ignore")
        return head.decode("gb18030", "replace")
