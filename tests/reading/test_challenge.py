import pytest

from govspider.reading.challenge import challenge_sign

HTML = ("content-type", "text/html; charset=utf-8")
LINKS = "".join(f'<li><a href="/a/{n}.html">关于做好第{n}号工作的通知</a></li>' for n in range(20))
PAGE = f"<html><head><title>某某局</title></head><body><ul>{LINKS}</ul></body></html>"
PACKED = "eval(function(p,a,c,k,e,d){return p}('0',1,1,'x'.split('|')))" + "/*" + "x" * 400 + "*/"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (521, "<script>document.cookie=('_')+('_')+'clearance=1';location.href=location.pathname</script>"),
        (412, "<html><head><meta charset=utf-8><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"),
        (202, "<html><script src='/x.js'></script><script>var a=[1,2];f(a)</script><body></body></html>"),
        (200, "<html><script>document.cookie='wsidchk=12; path=/';window.location.reload();</script></html>"),
        (200, "<html><body><script>var d=document;d.x;document.cookie='k='+go()+';path=/';location.href = location.href;</script></body></html>"),
        (200, f"<html><script>{PACKED};document.cookie='a=1'</script></html>"),
        (200, "<html><script>var arg1='A1B2';var _0x4818=['\\x63\\x73'];function setCookie(n,v){document.cookie=n+'='+v}setCookie('acw_sc__v2',arg1);</script></html>"),
        (503, "<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing</body></html>"),
        (403, "<html><title>Attention Required! | Cloudflare</title><body>Sorry, you have been blocked</body></html>"),
        (200, "<html><head><title>安全检查</title></head><body><p>正在进行安全检查,请稍候……</p><script>go()</script></body></html>"),
        (200, "<html><body>您的请求存在威胁,已被网站防火墙拦截!如有疑问请联系管理员。</body></html>"),
        (405, "<html><title>405</title><body>很抱歉,由于您访问的URL有可能对网站造成安全威胁,您的访问被阻断。</body></html>"),
        (200, "<html><body><h3>请开启JavaScript并刷新该页</h3><script>x()</script></body></html>"),
        (200, "<html><body>请完成安全验证后继续访问<div id=captcha></div><p>拖动滑块完成拼图</p></body></html>"),
        (200, "<html><body>The requested URL was rejected. Please consult with your administrator.</body></html>"),
        (403, "<html><body>当前访问疑似黑客攻击,已被网站管理员设置为拦截</body></html>"),
        (429, "<html><body>您的访问过于频繁,请输入验证码后继续访问</body></html>"),
        (200, "<html><body>很抱歉,您提交的请求可能对网站造成影响,请求已被管理员设置的策略阻断</body></html>"),
        (200, "<html><body>您的请求已被该站点的安全策略拦截</body></html>"),
        (200, "<html><body>您访问的内容存在风险,请求被阻止</body></html>"),
        (200, "<html><head><title>禁止访问</title></head><body>您的IP地址已被封禁,请联系管理员</body></html>"),
        (200, "<html><body>您所在的地区暂时无法访问本网站</body></html>"),
        (200, "<html><head><title>WEB应用安全防护系统</title></head><body>您的访问行为被识别为非法,已记录</body></html>"),
    ],
)  # fmt: skip
def test_challenges(status: int, body: str) -> None:
    assert challenge_sign(status, [HTML], body.encode())


def test_a_challenge_in_gbk() -> None:
    assert challenge_sign(
        200, [("content-type", "text/html")], "<html><body>您的访问被拦截,请稍后再试</body></html>".encode("gbk")
    )


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, PAGE),
        (200, PAGE.replace("某某局", "网站防火墙拦截")),
        (200, ""),
        (200, "<html><body></body></html>"),
        (200, "<html><head><meta http-equiv=refresh content='0;url=/index/'></head></html>"),
        (200, "<script>location.href='/gzdt/index.html'</script>"),
        (200, "<script>window.location.replace('/portal/index.htm');</script>"),
        (200, "<html><head><title>某某局</title></head><frameset rows='*'><frame src='/main.html'></frameset></html>"),
        (200, "<html><body><div id='app'></div><script src='/js/app.js'></script><noscript>请开启 JavaScript</noscript></body></html>"),
        (200, "<html><body><div id=root></div><script>window.__INIT__={a:1}</script><script src='/static/main.js'></script></body></html>"),
        (200, "<html><body><p>栏目建设中,敬请期待</p></body></html>"),
        (200, "<html><body><h1>关于开展网络安全检查的通知</h1><p>各单位要对防火墙、验证码等进行检查。</p><p>" + "认真落实。" * 300 + "</p></body></html>"),
        (200, "<html><body><h1>注意</h1><p>本栏目内容由信息中心提供。</p><a href='/'>返回</a></body></html>"),
        (200, "<html><body><form>用户名<input>密码<input>验证码<input><button>登录</button></form></body></html>"),
        (200, "<script>var _hmt=[];document.cookie='visited=1';</script><p>暂无信息</p>"),
        (404, "<html><head><title>404</title></head><body><h1>404 Not Found</h1><hr>nginx</body></html>"),
        (403, "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1><hr>nginx</body></html>"),
        (500, "<html><body>服务器内部错误</body></html>"),
        (503, "<html><body>系统维护中,请稍后访问</body></html>"),
        (302, "<html><body>Object moved to <a href='/index.html'>here</a></body></html>"),
        (404, "<html><body>您访问的页面不存在或已被删除</body></html>"),
        (200, "<html><body>本文件已被废止</body></html>"),
        (200, "<html><body><h1>某某局拦截一批走私货物</h1><p>货主的申请已经受理,所在地区暂时无法通车。</p></body></html>"),
    ],
)  # fmt: skip
def test_ordinary_answers_are_no_challenges(status: int, body: str) -> None:
    assert challenge_sign(status, [HTML, ("server", "nginx")], body.encode()) is None


def test_any_bytes_are_survived() -> None:
    for body in (b"\x00\xff" * 5000, b"<" * 100_000, b"<script" * 20_000, bytes(range(256)) * 100):
        challenge_sign(200, [], body)
        challenge_sign(521, [], body)
