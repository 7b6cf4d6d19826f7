"""Events of signing in, of accounts and of their tokens."""

from yizhou.events.kinds import kind

kind("account.signed_in", "登录")
kind("account.created", "建立账号")
kind("account.disabled", "停用账号")
kind("account.enabled", "启用账号")
kind("account.appointed", "授予任职")
kind("account.dismissed", "免去任职")
kind("account.password_changed", "修改密码")
kind("account.password_reset", "重设密码")
kind("account.token_issued", "签发接口令牌")
kind("account.token_revoked", "吊销接口令牌")
