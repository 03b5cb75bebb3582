package account

// Words of the sign-in and account pages that depend on what is shown.

import (
	"context"

	"yipanqi/internal/web/part"
)

// next is where a sign-in leads: also after a refused one, which loads the page without its query.
func next(ctx context.Context, d signInData) string {
	if in := part.From(ctx).Input; in.Has("next") {
		return OwnPath(in.Get("next"))
	}
	return d.Next
}

func keyTitle(ctx context.Context, d profileData) string {
	if d.Key == nil {
		return part.T(ctx, "设置签名密钥")
	}
	return part.T(ctx, "更换签名密钥")
}
